import type { Effect } from '../../src/kernel/anonymization-step';
import { groupEffects, TREATMENTS } from '../../src/modules/certificates/effect-groups';
import {
  groundsIn,
  MODULE_WORDS,
  TABLE_WORDS,
  TREATMENT_WORDS,
  wordsFor,
} from '../../src/modules/certificates/effect-words';
import { LANGUAGES, type Words } from '../../src/modules/certificates/language';
import { ACTION_WORDS, PAGE_WORDS, REASON_WORDS } from '../../src/modules/certificates/page-words';
import type { CustomerTable } from '../../src/modules/data-map';
import { keepReason, sealReason } from '../../src/modules/data-map/erasure-statements';
import { productDataMap } from '../support/data-map';

describe('words of the receipt', () => {
  let tables: readonly CustomerTable[];

  beforeAll(async () => {
    tables = (await productDataMap()).allCustomerTables;
  });

  it('exist for every table of the data map, and for no other', () => {
    expect(tables.length).toBeGreaterThan(20);
    expect(Object.keys(TABLE_WORDS).sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it('exist for every module with such tables, and for no other', () => {
    expect(Object.keys(MODULE_WORDS).sort()).toEqual([...new Set(tables.map(({ module }) => module))].sort());
  });

  it('exist for every ground of the data map', () => {
    const reasons = tables.flatMap((table) => [keepReason(table), sealReason(table)]).filter((each) => each !== null);
    expect(reasons.length).toBeGreaterThan(15);
    const untranslated = reasons.flatMap((reason) => {
      const german = groundsIn(reason, 'de').split('; ');
      return reason.split('; ').filter((ground, index) => ground === german[index]);
    });
    expect(untranslated).toEqual([]);
  });

  it('keep a ground in English as the log has it', () => {
    expect(groundsIn('statistics per branch; statistics', 'en')).toBe('statistics per branch; statistics');
    expect(groundsIn('statistics per branch; statistics', 'de')).toBe('Statistik je Filiale; Statistik');
  });

  it('use the log’s name for tables and grounds that no longer exist', () => {
    expect(wordsFor(TABLE_WORDS, 'former_table', 'de')).toBe('former_table');
    expect(groundsIn('§ 999 XY; statistics', 'de')).toBe('§ 999 XY; Statistik');
  });

  it('differ in the two languages, except for signs', () => {
    const all: Words[] = [MODULE_WORDS, TABLE_WORDS, REASON_WORDS, ACTION_WORDS, PAGE_WORDS].flatMap((words) =>
      Object.values<Words>(words),
    );
    all.push(...Object.values(TREATMENT_WORDS).flatMap(({ name, meaning }) => [name, meaning]));
    for (const words of all) for (const language of LANGUAGES) expect(words[language]).toMatch(/\S/);
    expect(all.filter(({ de, en }) => de === en)).toEqual([]);
  });

  it('explain every treatment, each once', () => {
    expect([...TREATMENTS].sort()).toEqual(Object.keys(TREATMENT_WORDS).sort());
  });
});

describe('effects by module and table', () => {
  const effect = (module: Effect['module'], table: string, treatment: Effect['treatment'], rows = 1): Effect => ({
    module,
    table,
    treatment,
    rows,
  });

  it('are in the order of the page, with erased data before kept data', () => {
    const effects = [
      effect('finance', 'invoice', 'KEEP', 3),
      effect('finance', 'invoice', 'ERASE', 2),
      effect('finance', 'payment', 'ERASE'),
      effect('finance', 'invoice', 'SEAL', 3),
      effect('customer', 'address', 'ERASE_ROWS'),
    ];
    expect(groupEffects(effects, ['customer', 'device', 'finance'])).toEqual([
      { module: 'customer', tables: [{ table: 'address', effects: [effects[4]] }] },
      {
        module: 'finance',
        tables: [
          { table: 'invoice', effects: [effects[1], effects[3], effects[0]] },
          { table: 'payment', effects: [effects[2]] },
        ],
      },
    ]);
  });

  it('are complete, even for a module that the page does not know', () => {
    const effects = [effect('platform', 'other', 'ERASE'), effect('customer', 'address', 'ERASE_ROWS')];
    expect(groupEffects(effects, ['customer']).map(({ module }) => module)).toEqual(['customer', 'platform']);
  });
});
