import type { Effect } from '../../kernel/anonymization-step';
import type { Treatment } from '../../kernel/personal-data';

export interface TableEffects {
  readonly table: string;
  readonly effects: readonly Effect[];
}

export interface ModuleEffects {
  readonly module: string;
  readonly tables: readonly TableEffects[];
}

/** In the order of the certificate, from erased to kept. */
export const TREATMENTS: readonly Treatment[] = ['ERASE_ROWS', 'ERASE', 'REPLACE', 'REDACT', 'SEAL', 'KEEP'];

/** Groups effects by module and table. Modules are in the given order, tables in the order of the effects. */
export function groupEffects(effects: readonly Effect[], modules: readonly string[]): ModuleEffects[] {
  const byModule = groupBy(effects, ({ module }) => module);
  const known = modules.filter((module) => byModule.has(module));
  const others = [...byModule.keys()].filter((module) => !modules.includes(module));
  return [...known, ...others].map((module) => ({
    module,
    tables: [...groupBy(byModule.get(module)!, ({ table }) => table)].map(([table, ofTable]) => ({
      table,
      effects: ofTable.toSorted(
        (one, other) => TREATMENTS.indexOf(one.treatment) - TREATMENTS.indexOf(other.treatment),
      ),
    })),
  }));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
