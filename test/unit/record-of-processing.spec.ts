import type { MappedTable } from '../../src/modules/data-map';
import { ACTIVITIES } from '../../src/modules/data-map/processing/activities';
import {
  type ProcessingActivity,
  recordOfProcessing,
} from '../../src/modules/data-map/processing/record-of-processing';
import { productDataMap } from '../support/data-map';

describe('record of processing', () => {
  let tables: readonly MappedTable[];
  let record: readonly ProcessingActivity[];

  beforeAll(async () => {
    tables = (await productDataMap()).tables;
    record = recordOfProcessing(tables);
  });

  const of = (module: string) => record.find((activity) => activity.module === module)!;
  const categoryOf = (module: string, category: string) =>
    of(module).dataCategories.find((each) => each.category === category)!;

  it('names every module with personal data, with purposes and data subjects', () => {
    const modules = [...new Set(tables.map(({ module }) => module))];
    expect(record.map(({ module }) => module)).toEqual(modules.filter((module) => ACTIVITIES[module] !== null));
    for (const { purposes, dataSubjects, recipients } of record) {
      expect(purposes).not.toEqual([]);
      expect(dataSubjects).not.toEqual([]);
      expect(recipients).toEqual([]);
    }
  });

  it('contains every personal column: as erased, or as kept on a ground', () => {
    const personal = tables.flatMap((table) =>
      table.columns.filter(({ rule }) => rule.category !== 'NOT_PERSONAL').map(({ rule }) => ({ table, rule })),
    );
    expect(personal.length).toBeGreaterThan(150);
    for (const { table, rule } of personal) {
      const { tables: named, erasedFrom, kept } = categoryOf(table.module, rule.category);
      expect(named).toContain(table.name);
      const retention = kept.find(({ ground, treatment }) => ground === rule.reason && treatment === rule.treatment);
      const stays = ['KEEP', 'REDACT', 'SEAL'].includes(rule.treatment);
      expect(stays ? retention?.tables : erasedFrom).toContain(table.name);
    }
  });

  it('omits modules without personal data only if the map agrees', () => {
    for (const { module, rule, columns } of tables.filter((table) => ACTIVITIES[table.module] === null)) {
      expect([module, rule.kind]).toEqual([module, 'NO_CUSTOMER_DATA']);
      expect(columns.map(({ rule: { category } }) => category)).toEqual(columns.map(() => 'NOT_PERSONAL'));
    }
  });

  it('says how long invoices and devices are kept, and that bank accounts are not', () => {
    expect(categoryOf('finance', 'RECORD').kept).toContainEqual(
      expect.objectContaining({
        ground: '§ 147 AO, § 14b UStG: 8 years from the end of the calendar year',
        treatment: 'KEEP',
        tables: expect.arrayContaining(['invoice', 'payment', 'receipt']),
      }),
    );
    expect(categoryOf('device', 'RECORD').kept.map(({ ground }) => ground)).toEqual([
      '§ 9 MPDG: 10 years, traceability of medical devices',
    ]);
    expect(categoryOf('finance', 'IDENTITY')).toMatchObject({
      erasedFrom: expect.arrayContaining(['bank_account']),
      kept: [],
    });
  });

  it('names the tables without customer data, with their contents', () => {
    const holds: unknown = expect.stringContaining('employees of the chain');
    expect(of('employee').otherTables).toEqual([
      { table: 'employee', holds },
      { table: 'employee_session', holds },
    ]);
    expect(of('audit').otherTables.map(({ table }) => table)).toContain('audit.entry');
  });
});
