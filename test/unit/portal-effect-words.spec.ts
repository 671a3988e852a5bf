import { GROUNDS } from '../../portal/src/ui/effects/grounds';
import { de } from '../../portal/src/ui/effects/words.de';
import type { CustomerTable } from '../../src/modules/data-map';
import { keepReason, sealReason } from '../../src/modules/data-map/erasure-statements';
import { productDataMap } from '../support/data-map';

/** The compiler ensures that English has the same words. */
describe('words of the portal for effects', () => {
  let tables: readonly CustomerTable[];

  beforeAll(async () => {
    tables = (await productDataMap()).allCustomerTables;
  });

  it('exist for one and for many records of every table of the data map', () => {
    expect(tables.length).toBeGreaterThan(20);
    const named = [...tables.map(({ name }) => name), 'unknown'];
    expect(Object.keys(de.table).sort()).toEqual(named.flatMap((name) => [`${name}_one`, `${name}_other`]).sort());
  });

  it('exist for every ground of the data map', () => {
    const reasons = tables.flatMap((table) => [keepReason(table), sealReason(table)]).filter((each) => each !== null);
    expect(reasons.length).toBeGreaterThan(15);
    const grounds = new Set(reasons.flatMap((reason) => reason.split('; ')));
    expect([...grounds].filter((ground) => !(ground in GROUNDS))).toEqual([]);
    expect(Object.keys(de.ground).sort()).toEqual(Object.values(GROUNDS).sort());
  });
});
