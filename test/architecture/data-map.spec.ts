import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { ENTITIES_BY_MODULE } from '../../src/app/entities';
import { blockerTableOf, WARNED_RECORD_TYPES } from '../../src/kernel/blocker';
import { anonymizedLabel } from '../../src/kernel/personal-data';
import { GROUNDS } from '../../src/kernel/retention';
import { DataMap, Erasure, type MappedColumn, type MappedTable } from '../../src/modules/data-map';
import {
  countEffects,
  eraseTable,
  isCustomer,
  replacementParameters,
  rewriteRows,
} from '../../src/modules/data-map/erasure-statements';
import { readIdentifiers } from '../../src/modules/data-map/identifier-statements';
import { readTexts, writeTexts } from '../../src/modules/data-map/text-statements';
import { INVOICE_KINDS } from '../../src/modules/finance/entities/invoice.entity';
import { StatementParameters } from '../../src/platform/database/statement-parameters';
import { TestApp } from '../support/test-app';

/** References that sealed copies do not name, because the row is copied as a part of that record. */
const PARTS_IN_COPIES = ['invoice_line.invoice_id', 'payment.invoice_id'];

/** TypeORM's record of executed migrations: names and timestamps of our own files. */
const NO_TABLE_OF_OURS = ['migrations'];

/**
 * Every text, date, instant and document that outlives its customer's anonymization on a row that belongs to the
 * customer. A new one fails the test, so that its author has to answer: can it identify a person?
 *
 * - `CLOSED_LIST`: the database allows only a few codes (tested).
 * - `NUMBER`: the number of a record or device; if it names its customer, the preview warns, or a surrogate replaces
 *   it (tested).
 * - `DATE`: the date of a business event; statistics and periods need it.
 * - anything else: why no user can type into it. Texts that users type and that are kept are redacted.
 */
const REVIEWED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  customer: { customer_number: 'NUMBER', created_at: 'DATE', updated_at: 'DATE', last_contact_on: 'DATE' },
  cost_bearer_membership: { valid_from: 'DATE', valid_to: 'DATE' },
  legal_hold: {
    set_on: 'DATE',
    set_at: 'DATE',
    lifted_at: 'DATE',
  },
  care_case: { number: 'NUMBER', type: 'CLOSED_LIST', status: 'CLOSED_LIST', opened_on: 'DATE', closed_on: 'DATE' },
  stock_item: {
    serial_number: 'NUMBER',
    owner: 'CLOSED_LIST',
    status: 'CLOSED_LIST',
  },
  device_loan: {
    kind: 'CLOSED_LIST',
    issued_on: 'DATE',
    due_on: 'DATE',
    resolution: 'CLOSED_LIST',
    resolved_on: 'DATE',
  },
  invoice: { number: 'NUMBER', kind: 'CLOSED_LIST', status: 'CLOSED_LIST', issued_on: 'DATE', due_on: 'DATE' },
  invoice_line: { serial_number: 'NUMBER' },
  payment: { kind: 'CLOSED_LIST', paid_on: 'DATE', method: 'CLOSED_LIST' },
  quote: { number: 'NUMBER', issued_on: 'DATE', valid_until: 'DATE' },
  receipt: { number: 'NUMBER', issued_at: 'DATE' },
  service_contract: {
    number: 'NUMBER',
    status: 'CLOSED_LIST',
    starts_on: 'DATE',
    ends_on: 'DATE',
    termination_effective_on: 'DATE',
    voided_on: 'DATE',
  },
  program_enrollment: { starts_on: 'DATE', ends_on: 'DATE' },
  loyalty_transaction: { occurred_at: 'DATE' },
  archive_document: {
    retention_class: 'CLOSED_LIST',
    created_on: 'DATE',
    retention_until: 'DATE',
    media_type: 'derived from the file name, never taken from a caller',
  },
  archive_key: { retention_class: 'CLOSED_LIST' },
};

/**
 * Every value about a person that redaction does not search for in texts: codes, dates, places and words that say
 * nothing by themselves. A new one fails the test, so that its author has to answer: would a text that contains it name
 * the customer?
 */
const NAMES_NOBODY: Readonly<Record<string, readonly string[]>> = {
  customer: ['salutation', 'title', 'gender', 'physician'],
  customer_search: ['terms', 'name'],
  address: ['type', 'postal_code', 'city', 'country'],
  relationship: ['kind'],
  cost_bearer_membership: ['insured_status'],
  health_insurance_card: ['cost_bearer_id', 'valid_until'],
  marketing_consent: ['channel', 'granted_on', 'withdrawn_on'],
  bank_account: ['position', 'bic', 'bank_name'],
  customer_card: ['valid_until', 'invalidated_on'],
};

/** Types whose values identify nobody by themselves. */
const MUTE_TYPES = ['bigint', 'integer', 'numeric', 'boolean', 'uuid', 'uuid[]'];

interface CatalogueColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

interface ForeignKey {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly indexed: boolean;
}

interface Trigger {
  readonly table: string;
  readonly event: string;
  readonly definition: string;
  readonly row_level: boolean;
  readonly enabled: string;
  readonly function: string;
  readonly body: string;
  readonly security_definer: boolean;
  readonly settings: readonly string[] | null;
  readonly owner: string;
}

const OF_THE_PRODUCT = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'`;
const NAME = `CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname`;
const NAMES = (relation: string, keys: string) =>
  `ARRAY(SELECT a.attname::text FROM unnest(${keys}) WITH ORDINALITY AS key(attnum, place)
     JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = key.attnum ORDER BY key.place)`;

describe('data map', () => {
  let app: TestApp;
  let sql: Client;
  let map: DataMap;
  let columns: CatalogueColumn[];
  let foreignKeys: ForeignKey[];

  const rows = async <Row extends object>(text: string, parameters: unknown[] = []) =>
    (await sql.query<Row>(text, parameters)).rows;
  const table = (name: string): MappedTable => map.tables.find((candidate) => candidate.name === name)!;
  const named = (of: { readonly columns: readonly MappedColumn[] }, treatment: string) =>
    of.columns.filter(({ rule }) => rule.treatment === treatment).map(({ name }) => name);

  beforeAll(async () => {
    app = await TestApp.start();
    sql = app.sql;
    map = app.nest.get(DataMap);
    columns = await rows<CatalogueColumn>(`
      SELECT ${NAME} AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'p', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND ${OF_THE_PRODUCT} ORDER BY 1, a.attnum`);
    foreignKeys = await rows<ForeignKey>(`
      SELECT k.conname AS name, ${NAME} AS "table", ${NAMES('k.conrelid', 'k.conkey')} AS columns, k.confrelid::regclass::text AS target,
        EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indkey[0] = k.conkey[1]
          AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) IN (SELECT format('(%I IS NOT NULL)', name) FROM unnest(${NAMES('k.conrelid', 'k.conkey')}) AS name))
        ) AS indexed
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype = 'f' ORDER BY 2, 1`);
  });

  afterAll(() => app.stop());

  describe('and the sealed data', () => {
    const grounds = Object.values(GROUNDS);
    const keptFor = (each: MappedTable) =>
      grounds.filter(({ reason }) =>
        each.columns.some(({ rule }) => rule.treatment === 'KEEP' && rule.reason === reason),
      );

    it('is every table whose ground requires the name, under that ground', () => {
      const wanted = map.allCustomerTables.flatMap((each) => keptFor(each).map((ground) => [each.name, ground]));
      const sealed = map.allCustomerTables.flatMap(({ name, rule }) =>
        rule.sealed ? [[name, rule.sealed.ground]] : [],
      );
      expect(sealed).toEqual(wanted);
      expect(sealed.length).toBeGreaterThan(8);
    });

    it('is one copy per class, from one module', () => {
      for (const ground of grounds)
        expect(
          new Set(
            map.allCustomerTables.filter(({ rule }) => rule.sealed?.ground === ground).map(({ module }) => module),
          ).size,
        ).toBe(1);
    });

    it('has a list of its own, a date, and columns that exist', () => {
      for (const { columns: of, rule } of map.allCustomerTables) {
        if (rule.sealed === undefined) continue;
        expect(rule.sealed.startsOn ?? rule.sealed.partOf).toBeDefined();
        expect(of.map(({ name }) => name)).toEqual(expect.arrayContaining([...(rule.sealed.without ?? [])]));
      }
      const lists = map.allCustomerTables.flatMap(({ rule }) => rule.sealed?.list ?? []);
      expect(new Set(lists).size).toBe(lists.length);
    });
  });

  describe('and the catalogue of the database', () => {
    it('know the same tables and columns', () => {
      const mapped = map.tables.flatMap(({ name, columns: of }) => of.map((column) => `${name}.${column.name}`));
      const found = columns
        .filter(({ table: name }) => !NO_TABLE_OF_OURS.includes(name))
        .map(({ table: name, column }) => `${name}.${column}`);
      expect(mapped.sort()).toEqual(found.sort());
    });

    it('contain the tables that are left out', () => {
      expect(columns.map((column) => column.table)).toEqual(expect.arrayContaining(NO_TABLE_OF_OURS));
    });

    it('agree on types', () => {
      const mapped = map.tables.flatMap(({ name, columns: of }) =>
        of.map((column) => `${name}.${column.name} ${column.type}`),
      );
      const found = columns
        .filter(({ table: name }) => !NO_TABLE_OF_OURS.includes(name))
        .map(({ table: name, column, type }) => `${name}.${column} ${type}`);
      expect(mapped.sort()).toEqual(found.sort());
    });

    it('agree on nullable columns', () => {
      const mapped = app.nest
        .get(DataSource)
        .entityMetadatas.flatMap(({ tablePath, columns: of }) =>
          of.filter(({ isNullable }) => isNullable).map(({ databaseName }) => `${tablePath}.${databaseName}`),
        );
      const found = columns
        .filter(({ table: name, nullable }) => nullable && !NO_TABLE_OF_OURS.includes(name))
        .map(({ table: name, column }) => `${name}.${column}`);
      expect(mapped.sort()).toEqual(found.sort());
    });

    it('allow NULL in every erased or sealed column', () => {
      const nullable = new Set(
        columns.filter((column) => column.nullable).map((column) => `${column.table}.${column.column}`),
      );
      const stuck = map.tables.flatMap((each) =>
        [...named(each, 'ERASE'), ...named(each, 'SEAL')]
          .map((name) => `${each.name}.${name}`)
          .filter((name) => !nullable.has(name)),
      );
      expect(stuck).toEqual([]);
    });

    it('erase columns with their row only in tables whose rows are erased', () => {
      const stuck = map.tables.filter(
        (each) =>
          named(each, 'ERASE_ROWS').length > 0 &&
          (each.rule.kind !== 'OF_CUSTOMER' || each.rule.eraseRows === undefined),
      );
      expect(stuck.map(({ name }) => name)).toEqual([]);
    });

    it('erase every column in tables whose rows are all erased', () => {
      const staying = map.allCustomerTables
        .filter(({ rule }) => rule.eraseRows !== undefined && rule.eraseRows.when === undefined)
        .flatMap((each) =>
          each.columns.filter(({ rule }) => rule.treatment !== 'ERASE_ROWS').map(({ name }) => `${each.name}.${name}`),
        );
      expect(staying).toEqual([]);
    });

    it('redact texts only in rows with a number and one customer', () => {
      for (const each of map.tables.filter((candidate) => named(candidate, 'REDACT').length > 0)) {
        expect([each.name, each.rule]).toEqual([
          each.name,
          expect.objectContaining({ customerColumns: ['customer_id'] }),
        ]);
        expect([each.name, each.columns.find(({ name }) => name === 'id')?.type]).toEqual([each.name, 'bigint']);
      }
    });
  });

  describe('tables of a customer', () => {
    it('are exactly those that refer to one, by exactly those columns', () => {
      const referring: Record<string, string[]> = { customer: ['id'] };
      for (const { table: name, columns: of, target } of foreignKeys)
        if (target === 'customer' && name !== 'customer') referring[name] = [...(referring[name] ?? []), ...of].sort();
      const declared = Object.fromEntries(
        map.allCustomerTables.map(({ name, rule }) => [name, [...rule.customerColumns].sort()]),
      );
      expect(declared).toEqual(referring);
    });

    it('include the customer, who refers to another one only when merged', () => {
      const own = foreignKeys.filter(({ table: name, target }) => name === 'customer' && target === 'customer');
      expect(own.map((key) => key.columns)).toEqual([['merged_into_id']]);
    });

    it('a foreign key to a row of a customer has an index that starts with its first column', () => {
      const ofCustomers = new Set(map.allCustomerTables.map(({ name }) => name));
      const keys = foreignKeys.filter(({ target }) => ofCustomers.has(target));
      expect(keys.length).toBeGreaterThan(20);
      expect(
        keys.filter(({ indexed }) => !indexed).map(({ table: name, columns: of }) => `${name} (${of.join(', ')})`),
      ).toEqual([]);
    });

    it('cannot have children that belong to another customer', () => {
      const ofCustomers = new Map(map.allCustomerTables.map(({ name, rule }) => [name, rule.customerColumns]));
      const loose = foreignKeys.filter(
        ({ table: name, target, columns: of }) =>
          target !== 'customer' &&
          ofCustomers.has(name) &&
          ofCustomers.has(target) &&
          !ofCustomers.get(name)!.includes(of[0]!),
      );
      // A lent device is in stock: it belongs to the shop, or to the customer to whom it was sold.
      expect(loose.map(({ name }) => name)).toEqual(['device_loan_stock_item_id_fkey']);
    });
  });

  describe('guards', () => {
    const EVENTS = { 4: 'INSERT', 8: 'DELETE', 16: 'UPDATE' } as const;
    let triggers: Trigger[];

    beforeAll(async () => {
      triggers = await rows<Trigger>(`
        SELECT ${NAME} AS "table", t.tgtype & ~3 AS event, (t.tgtype & 1) = 1 AS row_level, t.tgenabled AS enabled, pg_get_triggerdef(t.oid) AS definition,
          p.proname AS function, p.prosrc AS body, p.prosecdef AS security_definer, p.proconfig AS settings, pg_get_userbyid(p.proowner) AS owner
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE NOT t.tgisinternal AND t.tgname NOT LIKE 'raise_last_contact%' ORDER BY 1, 2`);
      triggers = triggers.map((trigger) => ({
        ...trigger,
        event: EVENTS[Number(trigger.event) as keyof typeof EVENTS] ?? trigger.event,
      }));
    });

    const of = (name: string) => triggers.filter((trigger) => trigger.table === name);
    const guardsOf = (name: string) => of(name).filter((trigger) => trigger.function.startsWith('guard_'));

    it('exist on every table of a customer, once per event, for whole statements, regardless of session settings', () => {
      const records = map.allCustomerTables.filter(({ name }) => name !== 'customer');
      const found = Object.fromEntries(
        records.map(({ name }) => [
          name,
          guardsOf(name)
            .map(({ event, row_level, enabled }) => `${event} ${row_level ? 'ROW' : 'STATEMENT'} ${enabled}`)
            .sort(),
        ]),
      );
      const wanted = ['DELETE STATEMENT A', 'INSERT STATEMENT A', 'UPDATE STATEMENT A'];
      expect(found).toEqual(Object.fromEntries(records.map(({ name }) => [name, wanted])));
    });

    it('check the rows after the statement; only the purge may delete', () => {
      for (const { name } of map.allCustomerTables.filter((each) => each.name !== 'customer'))
        for (const { event, definition } of guardsOf(name)) {
          expect(definition).toContain(` AFTER ${event} ON `);
          if (event !== 'DELETE') expect(definition).toContain('NEW TABLE AS new_rows');
          if (event !== 'INSERT') expect(definition).toContain('OLD TABLE AS old_rows');
          const [, condition] = / WHEN (.*) EXECUTE /.exec(definition) ?? [];
          expect(condition).toBe(event === 'DELETE' ? "((CURRENT_USER <> 'lethe_purge'::name))" : undefined);
        }
    });

    it('check every column that assigns the row to a customer', () => {
      for (const { name, rule } of map.allCustomerTables.filter((each) => each.name !== 'customer'))
        for (const { function: guard, body } of guardsOf(name))
          for (const column of rule.customerColumns)
            expect([name, guard, body]).toEqual([name, guard, expect.stringContaining(column)]);
    });

    it('protect the row of an anonymized customer', () => {
      const guards = of('customer').filter((trigger) => trigger.function === 'guard_customer');
      const found = guards.map(
        ({ event, row_level, enabled }) => `${event} ${row_level ? 'ROW' : 'STATEMENT'} ${enabled}`,
      );
      expect(found.sort()).toEqual(['DELETE ROW A', 'UPDATE ROW A']);
      for (const { event, definition } of guards)
        expect(definition).toContain(
          ` BEFORE ${event} ON public.customer FOR EACH ROW WHEN ((old.anonymized_at IS NOT NULL)) `,
        );
    });

    it('protect the audit log', () => {
      for (const name of ['audit.entry', 'audit.position']) {
        const refusals = of(name).filter((trigger) => trigger.function === 'refuse_change');
        expect(refusals.map(({ event, enabled }) => `${event} ${enabled}`).sort()).toEqual([
          '32 A',
          'DELETE A',
          'UPDATE A',
        ]);
      }
    });

    it('run as the owner, with a fixed search path', () => {
      for (const { table: name, function: guard, security_definer, settings, owner } of triggers)
        expect([name, guard, security_definer, settings, owner]).toEqual([
          name,
          guard,
          true,
          expect.arrayContaining([expect.stringMatching(/^search_path=pg_catalog, ((public|audit), )?pg_temp$/)]),
          'lethe_owner',
        ]);
    });
  });

  describe('other tables', () => {
    const others = () => map.tables.filter(({ rule }) => rule.kind !== 'OF_CUSTOMER');

    it('have no foreign key to a customer', () => {
      const names = new Set(others().map(({ name }) => name));
      expect(foreignKeys.filter(({ table: name, target }) => names.has(name) && target === 'customer')).toEqual([]);
    });

    it('have no personal column', () => {
      const personal = others().flatMap((each) =>
        each.columns
          .filter(({ rule }) => rule.category !== 'NOT_PERSONAL' || rule.treatment !== 'KEEP')
          .map(({ name }) => `${each.name}.${name}`),
      );
      expect(personal).toEqual([]);
    });

    it('give a reason', () => {
      for (const { name, rule } of others())
        expect([name, rule.kind === 'OF_CUSTOMER' ? '' : rule.reason]).toEqual([name, expect.stringMatching(/\w{3}/)]);
    });
  });

  describe('erasure', () => {
    /** The modules that each step erases, recorded from a real anonymization. */
    let steps: string[][];

    beforeAll(async () => {
      const erasure = app.nest.get(Erasure);
      const applied = jest.spyOn(erasure, 'eraseAndRecord');
      const id = await app.records.customer({ customer_number: 'K-STEPS' });
      const admin = await app.as('admin');
      await admin
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation: 'K-STEPS', reason: 'ERASURE_REQUEST' })
        .expect(200);
      steps = applied.mock.calls.map(([module, , step]) => [...(step?.alsoIn ?? []), module]);
      jest.restoreAllMocks();
    });

    it('covers every table of a customer in exactly one step', () => {
      const modules = new Set(map.allCustomerTables.map(({ module }) => module));
      expect(steps).toEqual([['finance'], ['device'], ['loyalty'], ['archive'], ['selection', 'customer']]);
      expect(steps.flat().sort()).toEqual([...modules].sort());
    });

    it('ends with the customer row', () => {
      expect(orderOfErasure().at(-1)).toBe('customer');
    });

    it('processes a row before the row that it refers to is deleted', () => {
      const order = orderOfErasure();
      const late = foreignKeys.filter(
        ({ table: name, target }) =>
          name !== target && order.includes(name) && mayLoseRows(target) && order.indexOf(name) > order.indexOf(target),
      );
      expect(late.map(({ table: name, target }) => `${name} after ${target}`)).toEqual([]);
    });

    it('deletes rows only if rows that refer to them are deleted or release them', () => {
      const stuck = foreignKeys.filter(({ table: name, columns: of, target }) => {
        if (name === target || !mayLoseRows(target)) return false;
        const child = table(name);
        return (
          !mayLoseRows(name) &&
          !of.some((column) => child.columns.some((each) => each.name === column && each.rule.treatment === 'ERASE'))
        );
      });
      expect(stuck.map(({ table: name, target }) => `${name} stands on ${target}`)).toEqual([]);
    });

    it('counts, finds names in and reads every table of a customer: one branch of the UNION each', () => {
      const branches = (statement: string | null) => statement?.split(/\bFROM batch\s+JOIN /).length ?? 1;
      for (const each of map.allCustomerTables) {
        // one join for each column that refers to a customer
        expect([each.name, branches(countEffects(each))]).toEqual([each.name, 1 + each.rule.customerColumns.length]);
        const identifies = each.columns.some(({ rule }) => rule.identifies !== undefined);
        expect([each.name, branches(readIdentifiers(each, 7))]).toEqual([each.name, identifies ? 2 : 1]);
      }
    });

    it('consists of statements that the database accepts', async () => {
      const context = {
        label: 'x',
        instant: new Date(),
        today: '2026-11-23',
        actorId: randomUUID(),
        runId: randomUUID(),
      };
      const ids = [randomUUID()];
      const customers = { customerIds: { type: 'uuid[]', value: ids } };
      for (const each of map.allCustomerTables) {
        const batch = 'batch AS (SELECT unnest($1::uuid[]) AS customer_id)';
        await sql.query(`WITH ${batch} ${countEffects(each)}`, [ids]);
        const parameters = new StatementParameters(
          customers,
          isCustomer(each) ? {} : replacementParameters([each], context),
        );
        const { queries, counts, check } = eraseTable(each, parameters);
        await sql.query(
          `WITH ${[batch, ...queries].join(', ')} ${check ?? `SELECT FROM ${counts.relation}`}`,
          parameters.values,
        );
        const [identifiers, rewriting] = [readIdentifiers(each, 7), rewriteRows(each, ids, context)];
        const texts = readTexts(each, new StatementParameters(customers));
        if (identifiers !== null) await sql.query(`WITH ${batch} ${identifiers}`, [ids]);
        if (rewriting !== null) await sql.query(rewriting.sql, rewriting.parameters.values);
        if (texts !== null) {
          await sql.query(texts, [ids]);
          const writing = writeTexts(
            each,
            [],
            named(each, 'REDACT').map(() => []),
          );
          await sql.query(writing.sql, writing.parameters.values);
        }
      }
    });

    it('is checked by the database on the customer row: no erased column may keep a value', async () => {
      const [check] = await rows<{ text: string }>(
        "SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'customer_anonymized_whole'",
      );
      const [, list] = /num_nonnulls\(([^)]*)\) = 0/.exec(check!.text) ?? [];
      expect(list!.split(', ').sort()).toEqual(named(table('customer'), 'ERASE').sort());
      const evenIfEmpty = table('customer').columns.filter(
        ({ rule }) => rule.treatment === 'REPLACE' && rule.evenIfEmpty === true,
      );
      for (const { name } of evenIfEmpty.filter((column) => column.name !== 'anonymized_at'))
        expect(check!.text).toContain(`(${name} IS NOT NULL)`);
      expect(check!.text).toContain("status = 'DELETED'");
    });

    it('writes a label in place of replaced values', () => {
      expect(anonymizedLabel('2026-11-23', 'Erika Beispiel')).toBe('Anonymisiert am 23.11.2026 von Erika Beispiel');
    });

    const orderOfErasure = () =>
      map.customerTables(steps.flat() as Parameters<DataMap['customerTables']>[0]).map(({ name }) => name);

    const mayLoseRows = (name: string) => {
      const { rule } = table(name);
      return rule.kind === 'OF_CUSTOMER' && rule.eraseRows !== undefined;
    };
  });

  describe('data that outlives the customer', () => {
    it('was reviewed, text by text and date by date', () => {
      const kept: Record<string, string[]> = {};
      for (const each of map.allCustomerTables) {
        if (each.rule.eraseRows !== undefined && each.rule.eraseRows.when === undefined) continue;
        const telling = each.columns.filter(
          ({ type, rule }) => rule.treatment === 'KEEP' && !MUTE_TYPES.includes(type),
        );
        if (telling.length > 0) kept[each.name] = telling.map(({ name }) => name).sort();
      }
      const reviewed = Object.fromEntries(Object.entries(REVIEWED).map(([name, of]) => [name, Object.keys(of).sort()]));
      expect(kept).toEqual(reviewed);
    });

    it('is searched for every personal value, except reviewed ones', () => {
      const silent = map.allCustomerTables.flatMap((each) =>
        each.columns
          .filter(({ rule }) => ['IDENTITY', 'CONTACT', 'HEALTH', 'FINANCE'].includes(rule.category))
          .filter(({ rule }) => rule.identifies === undefined)
          .map(({ name }) => `${each.name}.${name}`),
      );
      const reviewed = Object.entries(NAMES_NOBODY).flatMap(([name, of]) => of.map((column) => `${name}.${column}`));
      expect(silent.sort()).toEqual(reviewed.sort());
    });

    it('has a legal ground', () => {
      const GROUND = /^(?:§ |Art\. |statutory period|statistics|printed on vouchers)/;
      const groundless = map.allCustomerTables.flatMap((each) =>
        each.columns
          .filter(
            ({ rule }) => rule.treatment === 'KEEP' && rule.category !== 'NOT_PERSONAL' && !GROUND.test(rule.reason),
          )
          .map(({ name, rule }) => `${each.name}.${name}: ${rule.reason}`),
      );
      expect(groundless).toEqual([]);
    });

    it('is checked for names in record numbers, and only there', () => {
      const numbers = map.allCustomerTables.flatMap((each) =>
        each.columns.filter(({ rule }) => rule.isRecordNumber === true).map(({ name }) => `${each.name}.${name}`),
      );
      const reviewed = Object.entries(REVIEWED).flatMap(([name, of]) =>
        Object.keys(of)
          .filter((column) => of[column] === 'NUMBER')
          .map((column) => `${name}.${column}`),
      );
      expect(numbers.sort()).toEqual(reviewed.sort());
    });

    it('has numbers only in records that a warning can name', () => {
      const types = map.allCustomerTables
        .filter((each) => each.columns.some(({ rule }) => rule.isRecordNumber === true))
        .flatMap(({ name }) => (name === 'invoice' ? INVOICE_KINDS : [name.toUpperCase()]));
      expect([...types, 'SELECTION'].sort()).toEqual([...WARNED_RECORD_TYPES].sort());
    });

    it('names the record that a sealed copy refers to, instead of its id', () => {
      const unnamed = map.allCustomerTables
        .filter(({ rule }) => rule.sealed !== undefined)
        .flatMap(({ name, rule, columns: each }) =>
          each
            .filter((column) => /._id$/.test(column.name) && column.reference === undefined)
            .filter((column) => !rule.customerColumns.includes(column.name))
            .map((column) => `${name}.${column.name}`),
        );
      expect(unnamed.sort()).toEqual(PARTS_IN_COPIES);
    });

    it('knows every table that stores blockers, which may name a customer', () => {
      const storing = columns.filter(({ column }) => column === 'blockers').map(({ table }) => table);
      const declared = Object.values(ENTITIES_BY_MODULE)
        .flat()
        .filter((entity) => blockerTableOf(entity) !== undefined)
        .map((entity) => getMetadataArgsStorage().tables.find(({ target }) => target === entity)!.name);
      expect(declared.sort()).toEqual(storing.sort());
      expect(declared).not.toEqual([]);
    });

    it('has no label on a row that may have no customer', async () => {
      const optional = map.allCustomerTables.flatMap((each) =>
        each.rule.customerColumns
          .filter((owner) => columns.find((found) => found.table === each.name && found.column === owner)!.nullable)
          .map(() => each),
      );
      expect(optional.map(({ name }) => name)).toEqual(['stock_item']);
      const [constraint] = await rows<{ text: string }>(
        `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'stock_item_owner_name_of_customer'`,
      );
      const personal = optional.flatMap((each) =>
        each.columns.filter(({ rule }) => rule.category === 'IDENTITY').map(({ name }) => name),
      );
      expect(personal).toEqual(['owner_name']);
      expect(constraint!.text).toBe(
        "CHECK (((owner_name IS NULL) OR ((owner = 'CUSTOMER'::text) AND (customer_id IS NOT NULL))))",
      );
    });

    it('has only fixed codes in closed lists', async () => {
      const checks = await rows<{ table: string; text: string }>(
        `SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE contype = 'c'`,
      );
      const open = Object.entries(REVIEWED).flatMap(([name, of]) =>
        Object.entries(of)
          .filter(([, why]) => why === 'CLOSED_LIST')
          .filter(
            ([column]) =>
              !checks.some((check) => check.table === name && check.text.startsWith(`CHECK ((${column} = ANY (ARRAY[`)),
          )
          .map(([column]) => `${name}.${column}`),
      );
      expect(open).toEqual([]);
    });
  });
});
