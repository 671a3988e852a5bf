import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { LoggedDataMap, type MappedTreatment } from '../../src/modules/audit/logged-data-map';
import { addDataMap, fullEffects, type TableTreatment } from '../../src/modules/audit/short-effects';
import { loggedDataMap } from '../../src/modules/data-map';
import { productDataMap } from '../support/data-map';

const TREATMENTS: readonly MappedTreatment[] = [
  { module: 'finance', table: 'invoice', treatment: 'ERASE_ROWS' },
  { module: 'finance', table: 'invoice', treatment: 'KEEP', reason: '§ 147 AO' },
  { module: 'device', table: 'care_case', treatment: 'KEEP', reason: '§ 9 MPDG' },
  { module: 'finance', table: 'invoice', treatment: 'REDACT' },
  { module: 'finance', table: 'invoice', treatment: 'KEEP', reason: 'issued; § 147 AO', key: 'KEEP_NUMBER' },
];
const MAP = new LoggedDataMap(TREATMENTS);

/** The maps in the log, as they are read back from its canonical JSON. */
function known(...maps: readonly LoggedDataMap[]) {
  const found = new Map<unknown, readonly TableTreatment[]>();
  for (const { digest: dataMap, treatments } of maps)
    expect(addDataMap(found, JSON.parse(canonicalize({ dataMap, treatments })))).toBe(true);
  return found;
}

describe('short effects', () => {
  it('are completed in the order of the data map, with module and ground', () => {
    const effects = { care_case: { KEEP: 1 }, invoice: { ERASE_ROWS: 2, KEEP: 3, KEEP_NUMBER: 4, REDACT: 5 } };
    const full = fullEffects({ dataMap: MAP.digest, effects }, known(MAP))!;
    expect(full.map((effect) => JSON.stringify(effect))).toEqual([
      '{"module":"finance","table":"invoice","treatment":"ERASE_ROWS","rows":2}',
      '{"module":"finance","table":"invoice","treatment":"KEEP","rows":3,"reason":"§ 147 AO"}',
      '{"module":"device","table":"care_case","treatment":"KEEP","rows":1,"reason":"§ 9 MPDG"}',
      '{"module":"finance","table":"invoice","treatment":"REDACT","rows":5}',
      '{"module":"finance","table":"invoice","treatment":"KEEP","rows":4,"reason":"issued; § 147 AO"}',
    ]);
  });

  it('of earlier versions are full already, with the members in the order of a response', () => {
    const effects = [{ reason: '§ 147 AO', rows: 3, treatment: 'KEEP', table: 'invoice', module: 'finance' }];
    expect(JSON.stringify(fullEffects({ effects }, new Map()))).toBe(
      '[{"module":"finance","table":"invoice","treatment":"KEEP","rows":3,"reason":"§ 147 AO"}]',
    );
  });

  it.each([
    ['an unknown data map', { dataMap: 'x', effects: { invoice: { KEEP: 1 } } }],
    ['an unknown table', { dataMap: MAP.digest, effects: { voucher: { KEEP: 1 } } }],
    ['an unknown treatment', { dataMap: MAP.digest, effects: { invoice: { KEEP: 1, SEAL: 1 } } }],
  ])('are not completed for %s', (_, details) => {
    expect(fullEffects(details, known(MAP))).toBeNull();
  });

  it('may be none', () => {
    expect(fullEffects({ dataMap: MAP.digest, effects: {} }, known(MAP))).toEqual([]);
    expect(fullEffects({}, new Map())).toEqual([]); // an entry about something else
  });
});

describe('the data map of the log', () => {
  it('has the digest of its canonical JSON', () => {
    expect(MAP.digest).toBe(createHash('sha256').update(canonicalize(TREATMENTS)).digest('hex'));
    expect(new LoggedDataMap(TREATMENTS.slice(1)).digest).not.toBe(MAP.digest);
  });

  it('is refused with another digest, or without treatments', () => {
    const maps = new Map<unknown, readonly TableTreatment[]>();
    expect(addDataMap(maps, { dataMap: 'x', treatments: [] })).toBe(false);
    expect(addDataMap(maps, { dataMap: MAP.digest })).toBe(false);
    expect(maps.size).toBe(0);
  });

  it('names each treatment of a table differently, and knows no other', () => {
    const [treatment] = TREATMENTS;
    expect(() => new LoggedDataMap([...TREATMENTS, treatment!])).toThrow(
      'Two treatments are called invoice ERASE_ROWS',
    );
    expect(MAP.keyOf({ ...TREATMENTS[4]!, rows: 1 })).toBe('KEEP_NUMBER');
    expect(MAP.keyOf({ ...TREATMENTS[1]!, rows: 1 })).toBe('KEEP');
    expect(() => MAP.keyOf({ ...TREATMENTS[1]!, reason: 'another', rows: 1 })).toThrow('has no treatment');
  });

  it('of the product lists every table, and fits into an entry', async () => {
    const map = await productDataMap();
    const { treatments } = loggedDataMap(map);
    expect(new Set(treatments.map(({ table }) => table))).toEqual(
      new Set(map.allCustomerTables.map(({ name }) => name)),
    );
    expect(Buffer.byteLength(canonicalize(treatments))).toBeLessThan(32_768); // the database accepts 65,536 bytes
    expect(loggedDataMap(await productDataMap()).digest).toBe(loggedDataMap(map).digest);
  });
});
