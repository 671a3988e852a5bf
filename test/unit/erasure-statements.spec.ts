import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { type ColumnRule, constant, HoldsNoCustomerData, LABEL, NotPersonal } from '../../src/kernel/personal-data';
import { type CustomerTable, DataMap, type MappedColumn } from '../../src/modules/data-map';
import {
  countEffects,
  eraseTable,
  keepReason,
  replacementParameters,
  rewriteRows,
  sealReason,
} from '../../src/modules/data-map/erasure-statements';
import { identifyingColumns, readIdentifiers } from '../../src/modules/data-map/identifier-statements';
import { readTexts, redactedColumns, writeTexts } from '../../src/modules/data-map/text-statements';
import { ENTITIES_BY_MODULE } from '../../src/app/entities';
import { StatementParameters } from '../../src/platform/database/statement-parameters';
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

const CONTEXT = { label: 'a label', instant: new Date(), today: '2026-11-23', actorId: 'an actor', runId: 'a run' };

/** The parameters of a statement that erases the tables' rows, without those of the entries. */
const parametersFor = (...tables: readonly CustomerTable[]) =>
  new StatementParameters({ customerIds: { type: 'uuid[]', value: [] } }, replacementParameters(tables, CONTEXT));
const erase = (customerTable: CustomerTable) => eraseTable(customerTable, parametersFor(customerTable));
const textsOf = (customerTable: CustomerTable) => readTexts(customerTable, parametersFor());
const rewrite = (customerTable: CustomerTable) => rewriteRows(customerTable, [], CONTEXT);
const writeBack = (customerTable: CustomerTable) => writeTexts(customerTable, [], []).sql;

/** The statement on one line, regardless of its layout. */
const flat = (sql: string) => sql.replaceAll(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')').trim();
/** The parts of `UPDATE … SET assignments WHERE conditions`. */
const parts = (sql: string) => {
  const [, target, assignments, conditions] = /^UPDATE (\w+) SET (.*?) WHERE (.*)$/.exec(flat(sql))!;
  return { target, assignments: assignments!, conditions: conditions! };
};
const updateOf = (customerTable: CustomerTable) => parts(rewrite(customerTable)!.sql);

describe('erasure statements', () => {
  describe('deleting rows', () => {
    it.each([
      [
        'all rows are deleted',
        table([note], ALL),
        'voucher.customer_id, true AS',
        'voucher.customer_id = ANY ($1::uuid[])',
      ],
      [
        'some rows are deleted',
        table([gross], DRAFTS),
        'voucher.customer_id, voucher.is_erased AS',
        'voucher.customer_id = ANY ($1::uuid[]) OFFSET 0',
      ],
      [
        'a row belongs to two',
        table([note], { ...ALL, ...TWO }),
        'voucher.customer_id, voucher.related_customer_id, true AS',
        '(voucher.customer_id = ANY ($1::uuid[]) OR voucher.related_customer_id = ANY ($1::uuid[]))',
      ],
    ])('%s', (_, customerTable, flags, owned) => {
      const { queries, check } = erase(customerTable);
      expect(flat(queries[0]!)).toContain(`SELECT voucher.row_address, ${flags} "ERASE_ROWS"`);
      expect(flat(queries[0]!)).toContain(`FROM voucher WHERE ${owned}`);
      expect(flat(queries[1]!)).toBe(
        'voucher_deleted AS (DELETE FROM voucher USING voucher_rows ' +
          'WHERE voucher.ctid = voucher_rows.row_address AND voucher_rows."ERASE_ROWS" RETURNING 1)',
      );
      expect(check).toContain('(SELECT count(*) FROM voucher_deleted)');
    });

    it('no row is deleted', () => {
      const { queries, check } = erase(table([gross]));
      expect(queries.map(nameOf)).toEqual(['voucher_rows', 'voucher_counts']);
      expect(check).toBeNull();
    });

    it('some rows are deleted and the others rewritten, each once and both checked', () => {
      const parameters = new StatementParameters(
        { first: { type: 'text', value: 'of another part' } },
        replacementParameters(
          [table([column('day', { treatment: 'REPLACE', replacement: { source: 'TODAY' } })])],
          CONTEXT,
        ),
        { customerIds: { type: 'uuid[]', value: [] } },
        replacementParameters([table([name])], CONTEXT),
      );
      const { queries, check } = eraseTable(table([mail, name], DRAFTS), parameters);
      expect(flat(queries[2]!)).toBe(
        'voucher_updated AS (UPDATE voucher SET mail = NULL, ' +
          'name = CASE WHEN voucher.name IS NOT NULL THEN $4::text ELSE voucher.name END ' +
          'FROM voucher_rows WHERE voucher.ctid = voucher_rows.row_address AND (voucher_rows."ERASE" OR voucher_rows."REPLACE") RETURNING 1)',
      );
      expect(parameters.names).toEqual(['first', 'today', 'customerIds', 'label']);
      expect(flat(queries[0]!)).toContain(`NOT voucher.is_erased AND voucher.mail IS NOT NULL AS "ERASE"`);
      expect(flat(queries[0]!).split(`voucher.status = 'DRAFT'`)).toHaveLength(2); // evaluated once
      expect(flat(check!)).toBe(
        `SELECT 'voucher' AS "table", (SELECT count(*) FROM voucher_rows WHERE "ERASE_ROWS" OR "ERASE" OR "REPLACE")::int AS found, ` +
          '((SELECT count(*) FROM voucher_deleted) + (SELECT count(*) FROM voucher_updated))::int AS done',
      );
    });

    it('customer rows are only counted', () => {
      const { queries, check, counts } = erase(table([mail], { customerColumns: ['id'] }));
      expect(queries.map(nameOf)).toEqual(['voucher_rows', 'voucher_counts']);
      expect(check).toBeNull();
      expect(counts).toEqual({ relation: 'voucher_counts', table: 'voucher', treatments: ['ERASE'] });
    });

    const nameOf = (query: string) => /^\w+/.exec(query)![0];
  });

  describe('rewriting rows', () => {
    it.each([
      ['the map keeps all columns', table([gross, content, text])],
      ['all columns are deleted with their row', table([column('iban', { treatment: 'ERASE_ROWS' })], ALL)],
    ])('is not needed when %s', (_, customerTable) => {
      expect(rewrite(customerTable)).toBeNull();
    });

    it.each([
      ['erased columns become NULL', [mail, note], 'mail = NULL, note = NULL', []],
      [
        'the label stays away from what is empty',
        [name],
        'name = CASE WHEN voucher.name IS NOT NULL THEN $2::text ELSE voucher.name END',
        ['label'],
      ],
      ['or not', [column('name', { ...name.rule, evenIfEmpty: true })], 'name = $2::text', ['label']],
      [
        'a constant is part of the statement',
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
        "status = CASE WHEN voucher.status = 'OPEN' THEN 'ENDED' ELSE voucher.status END",
        [],
      ],
      [
        'a condition of the column and what is empty',
        [column('status', { treatment: 'REPLACE', replacement: constant('ENDED'), when: "t.status = 'OPEN'" })],
        "status = CASE WHEN voucher.status IS NOT NULL AND voucher.status = 'OPEN' THEN 'ENDED' ELSE voucher.status END",
        [],
      ],
      [
        'values of the transaction are parameters, each with its type and only once',
        (['INSTANT', 'TODAY', 'ACTOR', 'RUN', 'TODAY'] as const).map((source, index) =>
          column(`c${index}`, { treatment: 'REPLACE', replacement: { source }, evenIfEmpty: true }),
        ),
        'c0 = $2::timestamptz, c1 = $3::date, c2 = $4::uuid, c3 = $5::uuid, c4 = $3::date',
        ['instant', 'today', 'actorId', 'runId'],
      ],
    ] as const)('%s', (_, columns, assignments, names) => {
      const statement = rewrite(table(columns))!;
      expect(parts(statement.sql)).toMatchObject({ target: 'voucher', assignments });
      expect(statement.parameters.names).toEqual(['customerIds', ...names]);
    });

    it.each([
      [
        'touches rows with a value to rewrite',
        table([mail, name]),
        'voucher.customer_id = ANY ($1::uuid[]) AND (voucher.mail IS NOT NULL OR voucher.name IS NOT NULL)',
      ],
      [
        'touches every row when an empty column is filled',
        table([mail, column('name', { ...name.rule, evenIfEmpty: true })]),
        'voucher.customer_id = ANY ($1::uuid[])',
      ],
      [
        'skips rows that will be deleted',
        table([mail], DRAFTS),
        "voucher.customer_id = ANY ($1::uuid[]) AND NOT (voucher.status = 'DRAFT') AND voucher.mail IS NOT NULL",
      ],
      [
        'skips rows that the anonymization wrote',
        table([mail], OWN),
        "voucher.customer_id = ANY ($1::uuid[]) AND voucher.mail IS NOT NULL AND NOT (voucher.type = 'COPY')",
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
      ['ERASE_ROWS', table([note], DRAFTS), "voucher.status = 'DRAFT'"],
      ['ERASE', table([gross]), 'false'],
      ['ERASE', table([mail, note]), '(voucher.mail IS NOT NULL OR voucher.note IS NOT NULL)'],
      ['ERASE', table([mail], DRAFTS), "NOT (voucher.status = 'DRAFT') AND voucher.mail IS NOT NULL"],
      ['REPLACE', table([name]), 'voucher.name IS NOT NULL'],
      ['SEAL', table([content]), 'voucher.content IS NOT NULL'],
      ['KEEP', table([gross]), 'true'],
      ['KEEP', table([mail]), 'false'], // keys alone are no record
    ])('%s', (treatment, customerTable, condition) => {
      expect(conditionOf(customerTable, treatment)).toBe(condition);
    });

    it('returns one row per customer and table', () => {
      const sql = flat(countEffects(table([mail], { ...TWO, ...OWN })));
      expect(sql).toMatch(/^SELECT voucher\.owner_id AS customer_id, 'voucher' AS "table", count/);
      expect(sql).toMatch(
        / FROM \(SELECT batch\.customer_id AS owner_id, voucher\.\* FROM batch JOIN voucher ON voucher\.customer_id = batch\.customer_id UNION ALL SELECT batch\.customer_id AS owner_id, voucher\.\* FROM batch JOIN voucher ON voucher\.related_customer_id = batch\.customer_id AND voucher\.customer_id IS DISTINCT FROM batch\.customer_id\) AS voucher WHERE NOT \(voucher\.type = 'COPY'\) GROUP BY voucher\.owner_id$/,
      );
    });
  });

  describe('redacting', () => {
    it('is not needed without texts', () => {
      expect(textsOf(table([note]))).toBeNull();
      expect(redactedColumns(table([note]))).toBe(0);
    });

    it('reads the texts of rows that are kept', () => {
      expect(flat(textsOf(table([text, remark], DRAFTS))!)).toBe(
        'SELECT voucher.id, voucher.customer_id, json_build_array(voucher.text, voucher.remark) AS texts FROM voucher ' +
          "WHERE voucher.customer_id = ANY ($1::uuid[]) AND NOT (voucher.status = 'DRAFT') " +
          'AND (voucher.text IS NOT NULL OR voucher.remark IS NOT NULL)',
      );
    });

    it('writes as many columns as it reads', () => {
      expect(redactedColumns(table([text, remark]))).toBe(2);
      const { sql, parameters } = writeTexts(table([text, remark]), ['7'], [['a text'], ['a remark']]);
      expect(flat(sql)).toBe(
        'UPDATE voucher SET text = redacted.text, remark = redacted.remark ' +
          'FROM unnest($1::bigint[], $2::text[], $3::text[]) AS redacted (id, text, remark) WHERE voucher.id = redacted.id',
      );
      expect(parameters.values).toEqual([['7'], ['a text'], ['a remark']]);
    });
  });

  describe('identifying values', () => {
    it('are empty for tables without such columns', () => {
      expect(readIdentifiers(table([note]), 7)).toBeNull();
    });

    it('are read together, from a row of two customers only for the first', () => {
      const both = table([name, note, mail], TWO);
      expect(flat(readIdentifiers(both, 7)!)).toBe(
        'SELECT voucher.customer_id AS customer_id, 7 AS position, json_build_array(voucher.name, voucher.mail) AS "values" ' +
          'FROM batch JOIN voucher ON voucher.customer_id = batch.customer_id WHERE num_nonnulls(voucher.name, voucher.mail) > 0',
      );
      expect(identifyingColumns(both).map(({ rule }) => rule.identifies)).toEqual(['LAST_NAME', 'EMAIL']);
    });
  });

  it('reasons are the grounds of the columns, each once', () => {
    expect(keepReason(table([gross, net, issued]))).toBe('§ 147 AO; statistics');
    expect(keepReason(table([mail]))).toBeNull();
    expect(sealReason(table([content, gross]))).toBe('§ 14b UStG');
  });

  it('are not generated from an unclassified table or column', async () => {
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

    it('exist', () => {
      expect(tables.length).toBeGreaterThan(20);
    });

    it('assign every erased and replaced column, and no other', () => {
      for (const each of tables) {
        const statement = rewrite(each);
        const assigned =
          statement === null
            ? []
            : [...parts(statement.sql).assignments.matchAll(/(?:^|, )(\w+) = /g)].map(([, assignee]) => assignee);
        expect([each.name, assigned.sort()]).toEqual([each.name, changed(each, 'ERASE', 'REPLACE').sort()]);
      }
    });

    it('clear every erased column', () => {
      for (const each of tables)
        for (const erased of changed(each, 'ERASE'))
          expect([each.name, `${updateOf(each).assignments},`]).toEqual([
            each.name,
            expect.stringMatching(new RegExp(`(^|, )${erased} = NULL,`)),
          ]);
    });

    it('reach a row in which only one of its columns has a value', () => {
      for (const each of tables) {
        const replaced = each.columns.filter(({ rule }) => rule.treatment === 'REPLACE');
        if (replaced.some(({ rule }) => rule.evenIfEmpty === true && rule.when === undefined)) {
          expect([each.name, updateOf(each).conditions]).toEqual(['customer', 'customer.id = ANY ($1::uuid[])']);
          continue;
        }
        const reached = [
          ...changed(each, 'ERASE').map((erased) => `${each.name}.${erased} IS NOT NULL`),
          ...replaced.map(({ name: column, rule }) =>
            rule.evenIfEmpty === true
              ? rule.when!.replaceAll('t.', `${each.name}.`)
              : `${each.name}.${column} IS NOT NULL`,
          ),
        ];
        for (const condition of reached)
          expect([each.name, updateOf(each).conditions]).toEqual([each.name, expect.stringContaining(condition)]);
      }
    });

    it('read and write every redacted column', () => {
      for (const each of tables.filter((candidate) => redactedColumns(candidate) > 0))
        for (const redacted of changed(each, 'REDACT')) {
          expect(textsOf(each)).toContain(`${each.name}.${redacted}`);
          expect(writeBack(each)).toContain(`${redacted} = redacted.${redacted}`);
        }
    });

    it('never use a parameter that is not passed', () => {
      for (const each of tables) {
        const statement = rewrite(each);
        if (statement === null) continue;
        const used = new Set([...statement.sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
        expect([each.name, [...used].sort()]).toEqual([
          each.name,
          statement.parameters.names.map((_, index) => index + 1),
        ]);
      }
    });
  });
});
