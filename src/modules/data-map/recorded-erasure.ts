import type { EffectsByCustomer } from '../../kernel/anonymization-step';
import { unionAll } from '../../platform/database/sql-text';
import type { RecordedChanges } from '../audit';
import type { CustomerTable } from './data-map';
import { eraseTable, isCustomer, type ReplacementContext, replacementParameters } from './erasure-statements';

/**
 * What the map does to the tables of one step, for the statement that also writes the audit entries. The statement
 * answers with the number of rows that had to change and that did, table by table.
 *
 * @param effects what was redacted, given another number or sealed before
 */
export function recordedErasure(
  tables: readonly CustomerTable[],
  context: ReplacementContext,
  effects: EffectsByCustomer,
): RecordedChanges {
  return {
    name: tables.map(({ name }) => name).join(' '),
    // the customers' own rows change in a statement of their own
    parameters: replacementParameters(
      tables.filter((table) => !isCustomer(table)),
      context,
    ),
    parts: (parameters) => {
      const erasures = tables.map((table) => eraseTable(table, parameters));
      return {
        queries: erasures.flatMap(({ queries }) => queries),
        counts: erasures.map(({ counts }) => counts),
        answer: unionAll(erasures.flatMap(({ check }) => check ?? [])),
      };
    },
    effects,
  };
}
