import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { type ColumnRule, constant, HoldsNoCustomerData, LABEL, NotPersonal } from '../../src/kernel/personal-data';
import { type CustomerTable, DataMap, type MappedColumn } from '../../src/modules/data-map';
import {
  countEffects,
  eraseTable,
  identifyingColumns,
  keepReason,
  readIdentifiers,
  readTexts,
  redactedColumns,
  rewriteRows,
  sealReason,
  type Stamp,
  writeTexts,
} from '../../src/modules/data-map/erasure-statements';
import { ENTITIES_BY_MODULE } from '../../src/app/entities';
import { SnakeNamingStrategy } from '../../src/platform/database/snake-naming.strategy';

/** TypeORM's metadata of the entities, without a connection. */
class Unconnected extends DataSource {
  static async of(entities: readonly unknown[]): Promise<DataSource> {
    const dataSource = new Unconnected({
      type: 'postgres',
      entities: [...entities] as never[],
      namingStrategy: new SnakeNamingStrategy(),
    });
    await dataSource.buildMetadatas();
    return dataSource;
  }
}

const column = (name: string, rule: Partial<ColumnRule>): MappedColumn => ({
  name,
  type: 'text',
  rule: { treatment: 'KEEP', category: 'NOT_PERSONAL', reason: 'a reason', ...rule },
});

const id = column('id', {});
const name = column('name', {
  treatment: 'REPLACE',
  category: 'IDENTITY',
  replacement: LABEL,
  identifies: 'LAST_NAME',
});
const mail = column('mail', { treatment: 'ERASE', category: 'CONTACT', identifies: 'EMAIL' });
const note = column('note', { treatment: 'ERASE', category: 'FREE_TEXT' });
const text = column('text', { treatment: 'REDACT', category: 'FREE_TEXT' });
const remark = column('remark', { treatment: 'REDACT', category: 'FREE_TEXT' });
const gross = column('gross', { category: 'RECORD', reason: '§ 147 AO' });
const net = column('net', { category: 'RECORD', reason: '§ 147 AO' });
const issued = column('issued_on', { category: 'RECORD', reason: 'statistics' });
const content = column('content', { treatment: 'SEAL', category: 'CONTENT', reason: '§ 14b UStG' });

const table = (columns: readonly MappedColumn[], rule: Partial<CustomerTable['rule']> = {}): CustomerTable => ({
  module: 'finance',
  name: 'voucher',
  rule: { kind: 'OF_CUSTOMER', customerColumns: ['customer_id'], ...rule },
  columns: [id, ...columns],
});

const DRAFTS = { eraseRows: { reason: 'no voucher', when: "t.status = 'DRAFT'" } };
const ALL = { eraseRows: { reason: 'nobody needs it' } };
const OWN = { exceptRows: "t.type = 'COPY'" };
const TWO = { customerColumns: ['customer_id', 'related_customer_id'] };

const flat = (sql: string) => sql.replaceAll(/\s+/g, ' ').trim();
/** The parts of `UPDATE … SET assignments WHERE conditions`. */
const parts = (sql: string) => {
  const [, target, assignments, conditions] = /^UPDATE (\w+) t SET (.*?) WHERE (.*)$/.exec(flat(sql))!;
  return { target, assignments: assignments!, conditions: conditions! };
};
const updateOf = (customerTable: CustomerTable) => parts(rewriteRows(customerTable)!.sql);

describe('erasure statements', () => {
  describe('deleting rows', () => {
    it.each([
      ['all rows go', table([note], ALL), 't.customer_id AS customer_0, true AS', '(t.customer_id = ANY ($1::uuid[]))'],
      [
        'some rows go',
        table([gross], DRAFTS),
        't.customer_id AS customer_0, t.goes AS',
        '(t.customer_id = ANY ($1::uuid[])) OFFSET 0',
      ],
      [
        'a row belongs to two',
        table([note], { ...ALL, ...TWO }),
        't.customer_id AS customer_0, t.related_customer_id AS customer_1, true AS',
        '(t.customer_id = ANY ($1::uuid[]) OR t.related_customer_id = ANY ($1::uuid[]))',
      ],
    ])('%s', (_, customerTable, flags, owned) => {
      const { queries, check } = eraseTable(customerTable, 3, [], 2);
      expect(flat(queries[0]!)).toContain(`SELECT t.place, ${flags} "ERASE_ROWS"`);
      expect(flat(queries[0]!)).toContain(`FROM voucher t WHERE ${owned}`);
      expect(queries[1]).toBe(
        'gone_3 AS (DELETE FROM voucher t USING rows_3 m WHERE t.ctid = m.place AND m."ERASE_ROWS" RETURNING 1)',
      );
      expect(check).toContain('(SELECT count(*) FROM gone_3)');
    });

    it('no row goes', () => {
      const { queries, check } = eraseTable(table([gross]), 3, [], 2);
      expect([queries.length, check]).toEqual([1, null]);
    });

    it('some rows go and the others are rewritten, each once and both checked', () => {
      const stamps: Stamp[] = ['TODAY'];
      const { queries, check } = eraseTable(table([mail, name], DRAFTS), 3, stamps, 6);
      expect(queries[2]).toBe(
        'kept_3 AS (UPDATE voucher t SET mail = NULL, name = CASE WHEN t.name IS NOT NULL THEN $7::text ELSE t.name END ' +
          'FROM rows_3 m WHERE t.ctid = m.place AND (m."ERASE" OR m."REPLACE") RETURNING 1)',
      );
      expect(stamps).toEqual(['TODAY', 'LABEL']);
      expect(flat(queries[0]!)).toContain(`NOT (t.goes) AND (t.mail IS NOT NULL) AS "ERASE"`);
      expect(flat(queries[0]!).split(`t.status = 'DRAFT'`)).toHaveLength(2); // asked once
      expect(flat(check!)).toBe(
        `SELECT 'voucher' AS "table", (SELECT count(*) FROM rows_3 m WHERE m."ERASE_ROWS" OR (m."ERASE" OR m."REPLACE"))::int AS found, ` +
          '((SELECT count(*) FROM gone_3) + (SELECT count(*) FROM kept_3))::int AS done',
      );
    });

    it('the rows of the customers themselves are only told', () => {
      const { queries, check, told } = eraseTable(table([mail], { customerColumns: ['id'] }), 3, [], 2);
      expect([queries.length, check]).toEqual([1, null]);
      expect(told).toContain('"treatment":"ERASE"');
    });
  });

  describe('rewriting rows', () => {
    it.each([
      ['the map leaves them alone', table([gross, content, text])],
      ['all columns go with their row', table([column('iban', { treatment: 'ERASE_ROWS' })], ALL)],
    ])('is not needed when %s', (_, customerTable) => {
      expect(rewriteRows(customerTable)).toBeNull();
    });

    it.each([
      ['erased columns become NULL', [mail, note], 'mail = NULL, note = NULL', []],
      [
        'the label stays away from what is empty',
        [name],
        'name = CASE WHEN t.name IS NOT NULL THEN $2::text ELSE t.name END',
        ['LABEL'],
      ],
      ['or not', [column('name', { ...name.rule, evenIfEmpty: true })], 'name = $2::text', ['LABEL']],
      [
        'a constant stands in the statement',
        [column('title', { treatment: 'REPLACE', replacement: constant("It's sealed"), evenIfEmpty: true })],
        "title = 'It''s sealed'",
        [],
      ],
      [
        'a condition of the column leaves other rows as they are',
        [
          column('status', {
            treatment: 'REPLACE',
            replacement: constant('ENDED'),
            evenIfEmpty: true,
            when: "t.status = 'OPEN'",
          }),
        ],
        "status = CASE WHEN t.status = 'OPEN' THEN 'ENDED' ELSE t.status END",
        [],
      ],
      [
        'a condition of the column and what is empty',
        [column('status', { treatment: 'REPLACE', replacement: constant('ENDED'), when: "t.status = 'OPEN'" })],
        "status = CASE WHEN t.status IS NOT NULL AND t.status = 'OPEN' THEN 'ENDED' ELSE t.status END",
        [],
      ],
      [
        'values of the transaction are parameters, each with its type and only once',
        (['INSTANT', 'TODAY', 'ACTOR', 'RUN', 'TODAY'] as const).map((source, index) =>
          column(`c${index}`, { treatment: 'REPLACE', replacement: { source }, evenIfEmpty: true }),
        ),
        'c0 = $2::timestamptz, c1 = $3::date, c2 = $4::uuid, c3 = $5::uuid, c4 = $3::date',
        ['INSTANT', 'TODAY', 'ACTOR', 'RUN'],
      ],
    ] as const)('%s', (_, columns, assignments, stamps) => {
      const statement = rewriteRows(table(columns))!;
      expect(parts(statement.sql)).toMatchObject({ target: 'voucher', assignments });
      expect(statement.stamps).toEqual(stamps);
    });

    it.each([
      [
        'touches what has something to rewrite',
        table([mail, name]),
        '(t.customer_id = ANY ($1::uuid[])) AND ((t.mail IS NOT NULL) OR (t.name IS NOT NULL))',
      ],
      [
        'touches every row when an empty column is filled',
        table([mail, column('name', { ...name.rule, evenIfEmpty: true })]),
        '(t.customer_id = ANY ($1::uuid[])) AND ((t.mail IS NOT NULL) OR (true))',
      ],
      [
        'leaves rows to their deletion',
        table([mail], DRAFTS),
        "(t.customer_id = ANY ($1::uuid[])) AND (NOT (t.status = 'DRAFT') AND (t.mail IS NOT NULL))",
      ],
      [
        'leaves alone what the anonymization wrote',
        table([mail], OWN),
        "(t.customer_id = ANY ($1::uuid[])) AND ((t.mail IS NOT NULL)) AND NOT (t.type = 'COPY')",
      ],
    ])('%s', (_, customerTable, conditions) => {
      expect(updateOf(customerTable).conditions).toBe(conditions);
    });
  });

  describe('counting', () => {
    /** The condition under which a row counts for a treatment. */
    const conditionOf = (customerTable: CustomerTable, treatment: string) =>
      new RegExp(`FILTER \\(WHERE ((?:(?!FILTER).)*)\\)::int AS "${treatment}"`).exec(
        flat(countEffects(customerTable)),
      )![1];

    it.each([
      ['ERASE_ROWS', table([note]), 'false'],
      ['ERASE_ROWS', table([note], ALL), 'true'],
      ['ERASE_ROWS', table([note], DRAFTS), "t.status = 'DRAFT'"],
      ['ERASE', table([gross]), 'false'],
      ['ERASE', table([mail, note]), '(t.mail IS NOT NULL OR t.note IS NOT NULL)'],
      ['ERASE', table([mail], DRAFTS), "NOT (t.status = 'DRAFT') AND (t.mail IS NOT NULL)"],
      ['REPLACE', table([name]), '(t.name IS NOT NULL)'],
      ['SEAL', table([content]), '(t.content IS NOT NULL)'],
      ['KEEP', table([gross]), 'true'],
      ['KEEP', table([mail]), 'false'], // keys alone are no record
    ])('%s', (treatment, customerTable, condition) => {
      expect(conditionOf(customerTable, treatment)).toBe(condition);
    });

    it('gives one row per customer and table', () => {
      const sql = flat(countEffects(table([mail], { ...TWO, ...OWN })));
      expect(sql).toMatch(/^SELECT t\.subject_id AS customer_id, 'voucher' AS "table", count/);
      expect(sql).toMatch(
        / FROM \(SELECT s\.customer_id AS subject_id, t\.\* FROM subject s JOIN voucher t ON t\.customer_id = s\.customer_id UNION ALL SELECT s\.customer_id AS subject_id, t\.\* FROM subject s JOIN voucher t ON t\.related_customer_id = s\.customer_id AND t\.customer_id IS DISTINCT FROM s\.customer_id\) t WHERE true AND NOT \(t\.type = 'COPY'\) GROUP BY t\.subject_id$/,
      );
    });
  });

  describe('redacting', () => {
    it('is not needed without texts', () => {
      expect(readTexts(table([note]))).toBeNull();
      expect(redactedColumns(table([note]))).toBe(0);
    });

    it('reads the texts of rows that stay', () => {
      expect(flat(readTexts(table([text, remark], DRAFTS))!)).toBe(
        'SELECT t.id, t.customer_id, json_build_array(t.text, t.remark) AS texts FROM voucher t WHERE (t.customer_id = ANY ($1::uuid[])) ' +
          "AND NOT (t.status = 'DRAFT') AND (t.text IS NOT NULL OR t.remark IS NOT NULL)",
      );
    });

    it('writes as many columns as it reads', () => {
      expect(redactedColumns(table([text, remark]))).toBe(2);
      expect(flat(writeTexts(table([text, remark])))).toBe(
        'UPDATE voucher t SET text = v.text, remark = v.remark ' +
          'FROM unnest($1::bigint[], $2::text[], $3::text[]) AS v(id, text, remark) WHERE t.id = v.id',
      );
    });
  });

  describe('identifying values', () => {
    it('are none where no column has any', () => {
      expect(readIdentifiers(table([note]), 7)).toBeNull();
    });

    it('are read together, from a row of two customers only for the first', () => {
      const both = table([name, note, mail], TWO);
      expect(flat(readIdentifiers(both, 7)!)).toBe(
        'SELECT t.customer_id AS customer_id, 7 AS place, json_build_array(t.name, t.mail) AS "values" ' +
          'FROM subject s JOIN voucher t ON t.customer_id = s.customer_id WHERE num_nonnulls(t.name, t.mail) > 0',
      );
      expect(identifyingColumns(both).map(({ rule }) => rule.identifies)).toEqual(['LAST_NAME', 'EMAIL']);
    });
  });

  it('reasons are the grounds of the columns, each once', () => {
    expect(keepReason(table([gross, net, issued]))).toBe('§ 147 AO; statistics');
    expect(keepReason(table([mail]))).toBeNull();
    expect(sealReason(table([content, gross]))).toBe('§ 14b UStG');
  });

  it('are not made of a table or a column that nobody has classified', async () => {
    class Silent {}
    Entity('silent')(Silent);
    PrimaryColumn('uuid')(Silent.prototype, 'id');
    Column('text')(Silent.prototype, 'note');
    const dataSource = await Unconnected.of([Silent]);
    const map = () => new DataMap(dataSource, { customer: [Silent] });
    expect(map).toThrow('Table silent is not classified');
    HoldsNoCustomerData('a test')(Silent);
    NotPersonal()(Silent.prototype, 'id');
    expect(map).toThrow('Column silent.note is not classified');
    NotPersonal()(Silent.prototype, 'note');
    expect(map().tables.map(({ name }) => name)).toEqual(['silent']);
  });

  describe('of the product', () => {
    let tables: readonly CustomerTable[];

    beforeAll(async () => {
      const dataSource = await Unconnected.of(Object.values(ENTITIES_BY_MODULE).flat());
      tables = new DataMap(dataSource, ENTITIES_BY_MODULE).allCustomerTables;
    });

    const changed = (customerTable: CustomerTable, ...treatments: readonly string[]) =>
      customerTable.columns.filter(({ rule }) => treatments.includes(rule.treatment)).map((each) => each.name);

    it('there are some', () => {
      expect(tables.length).toBeGreaterThan(20);
    });

    it('assign every erased and replaced column, and no other', () => {
      for (const each of tables) {
        const statement = rewriteRows(each);
        const assigned =
          statement === null
            ? []
            : [...parts(statement.sql).assignments.matchAll(/(?:^|, )(\w+) = /g)].map(([, assignee]) => assignee);
        expect([each.name, assigned.sort()]).toEqual([each.name, changed(each, 'ERASE', 'REPLACE').sort()]);
      }
    });

    it('empty every erased column', () => {
      for (const each of tables)
        for (const erased of changed(each, 'ERASE'))
          expect([each.name, `${updateOf(each).assignments},`]).toEqual([
            each.name,
            expect.stringMatching(new RegExp(`(^|, )${erased} = NULL,`)),
          ]);
    });

    it('reach a row in which only one of its columns is filled', () => {
      for (const each of tables) {
        for (const erased of changed(each, 'ERASE'))
          expect([each.name, updateOf(each).conditions]).toEqual([
            each.name,
            expect.stringContaining(`t.${erased} IS NOT NULL`),
          ]);
        const replaced = each.columns.filter(({ rule }) => rule.treatment === 'REPLACE');
        for (const { name: column, rule } of replaced) {
          const reached = rule.evenIfEmpty === true ? (rule.when ?? 'true') : `t.${column} IS NOT NULL`;
          expect([each.name, updateOf(each).conditions]).toEqual([each.name, expect.stringContaining(reached)]);
        }
      }
    });

    it('read and write every redacted column', () => {
      for (const each of tables.filter((candidate) => redactedColumns(candidate) > 0))
        for (const redacted of changed(each, 'REDACT')) {
          expect(readTexts(each)).toContain(`t.${redacted}`);
          expect(writeTexts(each)).toContain(`${redacted} = v.${redacted}`);
        }
    });

    it('never ask for a parameter that is not passed', () => {
      for (const each of tables) {
        const statement = rewriteRows(each);
        if (statement === null) continue;
        const used = new Set([...statement.sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
        expect([each.name, [...used].sort()]).toEqual([
          each.name,
          [1, ...statement.stamps.map((_, index) => index + 2)],
        ]);
      }
    });
  });
});
