import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { CONTENT_STORE, KEY_ENCRYPTION_KEY } from '../../src/modules/archive/archive-tokens';
import type { ContentStore } from '../../src/modules/archive';
import { Customer } from '../../src/modules/customer/entities/customer.entity';
import { type CustomerTable, DataMap } from '../../src/modules/data-map';
import { Invoice } from '../../src/modules/finance/entities/invoice.entity';
import { importFolder, ImportRefused } from '../../src/modules/import';
import { databaseCodeOf } from '../../src/platform/database/transient-failure';
import { ENTRY_COLUMNS } from '../support/audit-entry';
import { anonymizedResidue } from '../support/anonymized-residue';
import { personalTexts, Population, type RowInsert, rowInserts } from '../support/customer-rows';
import { TestApp } from '../support/test-app';

/** Every attempt through every interface is refused and leaves the database bit for bit the same. */
describe('after an anonymization', () => {
  let app: TestApp;
  let tables: readonly CustomerTable[];
  let inserts: readonly RowInsert[];
  let forgotten: string;
  let other: string;
  let staleTag: string;
  let staleCustomer: Customer;
  let staleInvoice: Invoice;
  /** connects as the application's role, without the application */
  let sql: Client;
  /** a superuser whose session fires no ordinary triggers and checks no foreign keys */
  let replica: Client;

  beforeAll(async () => {
    app = await TestApp.start();
    tables = app.nest.get(DataMap).allCustomerTables;
    inserts = rowInserts(tables);
    const population = await Population.of(app.sql, tables);
    const ids = await population.customers(3);
    await population.fill(ids);
    [other, , forgotten] = ids as [string, string, string];
    const { manager } = app.nest.get(DataSource);
    staleCustomer = await manager.findOneByOrFail(Customer, { id: forgotten });
    staleInvoice = await manager.findOneByOrFail(Invoice, { customerId: forgotten, status: 'ISSUED' });
    const admin = await app.as('admin');
    staleTag = (await admin.get(customerUrl(forgotten)).expect(200)).get('ETag')!;
    await admin
      .post(`${customerUrl(forgotten)}/anonymization`)
      .send({ confirmation: staleCustomer.customerNumber, reason: 'ERASURE_REQUEST' })
      .expect(200);
    expect(await anonymizedResidue(app.sql, app.nest.get(DataMap), population.names)).toEqual([]);
    sql = new Client(app.database.as('lethe_app'));
    await sql.connect();
    replica = await app.database.look();
    await replica.query('SET session_replication_role = replica');
  });
  afterAll(async () => {
    await sql?.end();
    await app?.stop();
  });

  let before: string;
  beforeEach(async () => (before = await everyBit()));
  afterEach(async () => expect(await everyBit()).toBe(before));

  describe.each([
    ['the application’s role', () => sql],
    ['a superuser without ordinary triggers', () => replica],
  ])('%s', (_, client) => {
    it('cannot change any column of the customer, not even to its current value', async () => {
      const { rows } = await app.sql.query<{ column: string }>(
        `SELECT attname AS column FROM pg_attribute WHERE attrelid = 'customer'::regclass AND attnum > 0 AND NOT attisdropped`,
      );
      const columns = rows.map(({ column }) => column);
      for (const value of ['NULL', 'itself', 'the one of another customer'])
        expect(
          await outcomesOf(columns, (column) => {
            const values: Record<string, string> = { NULL: 'NULL', itself: column };
            const foreign = `(SELECT o.${column} FROM customer o WHERE o.id = $2)`;
            return attempt(client(), `UPDATE customer SET ${column} = ${values[value] ?? foreign} WHERE id = $1`, [
              forgotten,
              ...(value in values ? [] : [other]),
            ]);
          }),
        ).toEqual(Object.fromEntries(columns.map((column) => [column, 'AN001'])));
    });

    it('cannot delete the customer', async () => {
      const code = await attempt(client(), 'DELETE FROM customer WHERE id = $1', [forgotten]);
      expect(code).toBe(client() === sql ? '42501' : 'AN001');
    });

    it('cannot add a row to any table', async () => {
      const outcomes = await outcomesOf(inserts, (insert) => attempt(client(), insert.sql, [[forgotten]]));
      // a row whose parent is erased may also violate its foreign key
      const expected = inserts.map(({ name, losesParent }) => [
        name,
        losesParent ? expect.stringMatching(/^(AN001|2350[23])$/) : 'AN001',
      ]);
      expect(outcomes).toEqual(Object.fromEntries(expected));
    });

    it('cannot change, delete or move a row of any table', async () => {
      const left = await rowsLeft();
      expect(left.filter(({ count }) => count > 0).length).toBeGreaterThan(10);
      for (const statement of [CHANGE, DELETE, MOVE]) {
        // rows still in use cannot be deleted in any case
        const refused = statement === DELETE ? expect.stringMatching(/^(AN001|23503|42501)$/) : 'AN001';
        expect(
          await outcomesOf(left, ({ table, owner }) => attempt(client(), statement(table, owner), [forgotten, other])),
        ).toEqual(Object.fromEntries(left.map(({ name, count }) => [name, count > 0 ? refused : 'NO_ROW'])));
      }
    });

    it('cannot move a row of another customer to it', async () => {
      const owners = ownerColumns();
      const outcomes = await outcomesOf(owners, ({ table, owner }) =>
        attempt(client(), MOVE(table, owner), [other, forgotten]),
      );
      expect(outcomes).toEqual(Object.fromEntries(owners.map(({ name }) => [name, 'AN001'])));
    });

    it.each<[string, string]>([
      [
        'MERGE',
        `MERGE INTO receipt r USING customer c ON r.customer_id = c.id AND c.id = $1 WHEN MATCHED THEN UPDATE SET customer_name = 'Geheim'`,
      ],
      [
        'an upsert',
        `INSERT INTO receipt (customer_id, number, branch_id, issued_at, gross) SELECT customer_id, number, branch_id, issued_at, gross
        FROM receipt WHERE customer_id = $1 ON CONFLICT (number) DO UPDATE SET customer_name = 'Geheim'`,
      ],
      [
        'a statement within a statement',
        `WITH changed AS (UPDATE receipt SET customer_name = 'Geheim' WHERE customer_id = $1 RETURNING id) SELECT count(*) FROM changed`,
      ],
      ['a statement for many customers', `UPDATE quote SET remark = 'Geheim' WHERE $1::uuid IS NOT NULL`],
    ])('cannot change a row by %s', async (_, statement) => {
      expect(await attempt(client(), statement, [forgotten])).toBe('AN001');
    });

    it('cannot add a row by COPY', async () => {
      const { rows } = await app.sql.query<{ id: string }>('SELECT min(id) AS id FROM branch');
      const copy = client().query(
        copyFrom('COPY receipt (customer_id, number, branch_id, issued_at, gross, customer_name) FROM STDIN'),
      );
      const lines = Readable.from([`${forgotten}\tB-COPY\t${rows[0]!.id}\t2026-01-01T10:00Z\t1\tGeheim\n`]);
      expect(await pipeline(lines, copy).then(() => null, databaseCodeOf)).toBe('AN001');
    });
  });

  describe('the application’s role cannot bypass the guards', () => {
    it.each([
      ['42501', `SET session_replication_role = replica`],
      ['42501', `SET ROLE lethe_purge`],
      ['42501', `SET ROLE lethe_owner`],
      ['42501', `SET SESSION AUTHORIZATION lethe_purge`],
      ['42501', `ALTER TABLE receipt DISABLE TRIGGER guard_update`],
      ['42501', `DROP TRIGGER guard_update ON receipt`],
      ['42501', `CREATE OR REPLACE FUNCTION refuse_anonymized(customer_ids uuid[]) RETURNS void LANGUAGE sql AS ''`],
      ['42501', `TRUNCATE receipt`],
      ['42501', `CREATE TABLE public.customer_copy AS SELECT * FROM customer`],
      ['42501', `CREATE RULE bait AS ON INSERT TO receipt DO INSTEAD NOTHING`],
      [
        'AN001',
        `CREATE TEMPORARY TABLE customer (id uuid, anonymized_at timestamptz); UPDATE quote SET remark = 'Geheim'`,
      ],
      ['NO_ROW', `DO $$ BEGIN UPDATE receipt SET customer_name = 'Geheim'; EXCEPTION WHEN OTHERS THEN NULL; END $$`],
    ])('%s %s', async (code, statement) => {
      expect(await attempt(sql, statement)).toBe(code);
    });
  });

  describe('an entity loaded before', () => {
    it.each<[string, () => Promise<unknown>]>([
      ['a customer as it was', () => save(Customer, staleCustomer)],
      ['a changed customer', () => save(Customer, Object.assign(new Customer(), staleCustomer, { note: 'Geheim' }))],
      ['an invoice as it was', () => save(Invoice, staleInvoice)],
      ['a changed invoice', () => save(Invoice, Object.assign(new Invoice(), staleInvoice, { remark: 'Geheim' }))],
    ])('is not saved: %s', async (_, saving) => {
      expect(await saving().then(() => null, databaseCodeOf)).toBe('AN001');
    });

    const save = (entity: typeof Customer | typeof Invoice, stale: object) =>
      app.nest.get(DataSource).manager.save(entity, stale);
  });

  describe('the API refuses', () => {
    it('a change with the version read before, and with the current one', async () => {
      const { rows } = await app.sql.query<{ tag: string }>(
        `SELECT '"' || version || '"' AS tag FROM customer WHERE id = $1`,
        [forgotten],
      );
      for (const tag of [staleTag, rows[0]!.tag]) {
        const { status, body } = await (
          await app.as('admin')
        )
          .patch(customerUrl(forgotten))
          .set('If-Match', tag)
          .send({ lastName: 'Geheim', firstName: 'Vorname' });
        expect([`409 CUSTOMER_ANONYMIZED`, `412 VERSION_STALE`]).toContain(`${status} ${body.code}`);
      }
    });

    it('a merge in both directions', async () => {
      for (const [id, intoCustomerId] of [
        [forgotten, other],
        [other, forgotten],
      ]) {
        const { status, body } = await (
          await app.as('admin')
        )
          .post(`${customerUrl(id!)}/merge`)
          .send({ intoCustomerId });
        expect({ status, code: body.code }).toEqual({ status: 409, code: 'CUSTOMER_ANONYMIZED' });
      }
    });
  });

  describe('an import is refused as a whole', () => {
    it.each([
      [
        'that changes the customer',
        true,
        {
          'customers.csv': (number: string) =>
            `customer_number,status,last_name\nNEW-1,ACTIVE,Neu\n${number},ACTIVE,Geheim\n`,
        },
      ],
      [
        'that inserts the customer again',
        false,
        {
          'customers.csv': (number: string) =>
            `customer_number,status,last_name\nNEW-1,ACTIVE,Neu\n${number},ACTIVE,Geheim\n`,
        },
      ],
      [
        'that brings a record',
        false,
        {
          'customers.csv': () => `customer_number,status,last_name\nNEW-1,ACTIVE,Neu\n`,
          'addresses.csv': (number: string) =>
            `customer_number,type,street\nNEW-1,OTHER,Weg 1\n${number},OTHER,Geheim\n`,
        },
      ],
    ])('%s', async (_, update, files: Record<string, (number: string) => string>) => {
      const folder = await mkdtemp(join(tmpdir(), 'lethe-write-back-'));
      for (const [name, content] of Object.entries(files))
        await writeFile(join(folder, name), content(staleCustomer.customerNumber));
      const dependencies = {
        client: sql,
        contents: app.nest.get<ContentStore>(CONTENT_STORE),
        keyEncryptionKey: app.nest.get<Buffer>(KEY_ENCRYPTION_KEY),
      };
      const refusal: unknown = await importFolder(dependencies, folder, { update }).then(
        () => null,
        (error: unknown) => error,
      );
      await rm(folder, { recursive: true });
      expect(refusal).toBeInstanceOf(ImportRefused);
      expect((refusal as ImportRefused).errors).toEqual([
        expect.objectContaining({ code: 'CUSTOMER_ANONYMIZED', line: 3 }),
      ]);
      const { rows } = await app.sql.query(`SELECT FROM customer WHERE customer_number = 'NEW-1'`);
      expect(rows).toEqual([]);
    });
  });

  describe('the audit log cannot be changed', () => {
    it.each([
      [`UPDATE audit.entry SET canonical = '{}'`],
      [`UPDATE audit.entry SET canonical = canonical`],
      [`DELETE FROM audit.entry`],
      [`TRUNCATE audit.entry`],
      [`MERGE INTO audit.entry e USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE`],
      [`INSERT INTO audit.entry SELECT * FROM audit.entry LIMIT 1 ON CONFLICT (id) DO UPDATE SET canonical = '{}'`],
      [`WITH gone AS (DELETE FROM audit.entry RETURNING id) SELECT count(*) FROM gone`],
      [`SELECT FROM audit.entry FOR UPDATE`],
      [`DELETE FROM audit.pending`],
      [`INSERT INTO audit.pending SELECT gen_random_uuid()`],
      [`UPDATE audit.position SET sequence = sequence + 1`],
      [`DELETE FROM audit.position`],
      [`INSERT INTO audit.position SELECT 0, gen_random_uuid()`],
      [`CREATE RULE quiet AS ON INSERT TO audit.entry DO INSTEAD NOTHING`],
      [
        `CREATE TEMPORARY TABLE bait (n int); CREATE RULE trap AS ON INSERT TO bait DO INSTEAD DELETE FROM audit.entry; INSERT INTO bait VALUES (1)`,
      ],
      [`CREATE TEMPORARY VIEW door AS SELECT id, canonical FROM audit.entry; DELETE FROM door`],
      [`ALTER TABLE audit.entry DISABLE TRIGGER refuse_update`],
      [`ALTER TABLE audit.entry DISABLE TRIGGER ALL`],
      [`DROP TRIGGER refuse_delete ON audit.entry`],
      [`CREATE TRIGGER mine BEFORE INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.enqueue()`],
      [`CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`],
      [`ALTER TABLE audit.entry DROP CONSTRAINT entry_pkey`],
      [`DROP INDEX audit.entry_once_per_customer_and_module`],
      [`DROP TABLE audit.entry CASCADE`],
      [`DROP SCHEMA audit CASCADE`],
      [`SET session_replication_role = replica`],
      [`SET ROLE lethe_owner`],
      [`SET ROLE lethe_sequencer`],
      [`SET ROLE lethe_purge`],
      [`SET SESSION AUTHORIZATION lethe_owner`],
      [`GRANT DELETE ON audit.entry TO lethe_app`],
    ])('by the application’s role: %s', async (statement) => {
      // granting without the grant option is only a warning
      expect(await attempt(sql, statement)).toMatch(statement.startsWith('GRANT') ? /^NO_ROW$/ : /^42501$/);
    });

    it('by a second entry about the same anonymization', async () => {
      const statement = `
        INSERT INTO audit.entry (${ENTRY_COLUMNS})
        SELECT new_id, replace(canonical, id::text, new_id::text), ${ENTRY_COLUMNS.replace('id, canonical, ', '')}
        FROM (SELECT gen_random_uuid() AS new_id, * FROM audit.entry) AS entry
        WHERE action = 'CUSTOMER_DATA_ANONYMIZED' AND module = 'finance'`;
      expect(await attempt(sql, statement)).toBe('23505');
    });

    it.each([
      'UPDATE audit.entry SET canonical = canonical',
      'DELETE FROM audit.entry',
      'TRUNCATE audit.entry',
      'DELETE FROM audit.position',
      'TRUNCATE audit.position',
    ])('by a superuser, with or without ordinary triggers: %s', async (statement) => {
      expect(await attempt(app.sql, statement)).toBe('AN002');
      expect(await attempt(replica, statement)).toBe('AN002');
    });
  });

  const customerUrl = (id: string) => `/api/v1/customers/${id}`;

  interface OwnerColumn {
    readonly name: string;
    readonly table: CustomerTable;
    readonly owner: string;
  }

  const ownerColumns = (): OwnerColumn[] =>
    tables
      .filter(({ name }) => name !== 'customer')
      .flatMap((table) =>
        table.rule.customerColumns.map((owner) => ({ name: `${table.name}.${owner}`, table, owner })),
      );

  async function rowsLeft(): Promise<(OwnerColumn & { readonly count: number })[]> {
    const left: (OwnerColumn & { readonly count: number })[] = [];
    for (const column of ownerColumns()) {
      const { rowCount } = await app.sql.query(`SELECT FROM ${column.table.name} WHERE ${column.owner} = $1`, [
        forgotten,
      ]);
      left.push({ ...column, count: rowCount ?? 0 });
    }
    return left;
  }

  /** $1 owner, $2 new owner */
  const MOVE = ({ name }: CustomerTable, owner: string) => `UPDATE ${name} SET ${owner} = $2 WHERE ${owner} = $1`;
  const CHANGE = (table: CustomerTable, owner: string) =>
    `UPDATE ${table.name} SET ${personalTexts(table)[0] ?? owner} = ${personalTexts(table).length > 0 ? "'Geheim'" : owner} WHERE ${owner} = $1 AND $2::uuid IS NOT NULL`;
  const DELETE = ({ name }: CustomerTable, owner: string) =>
    `DELETE FROM ${name} WHERE ${owner} = $1 AND $2::uuid IS NOT NULL`;

  /** The SQLSTATE of a transaction, or another word for its outcome. */
  async function attempt(client: Client, statement: string, parameters?: unknown[]): Promise<string> {
    await client.query('BEGIN; SET CONSTRAINTS ALL DEFERRED');
    try {
      const { rowCount } = await client.query(statement, parameters);
      await client.query('COMMIT');
      return (rowCount ?? 0) > 0 ? 'DONE' : 'NO_ROW';
    } catch (error) {
      await client.query('ROLLBACK');
      return databaseCodeOf(error) ?? String(error);
    }
  }

  async function outcomesOf<Subject extends string | { readonly name: string }>(
    subjects: readonly Subject[],
    attempted: (subject: Subject) => Promise<string>,
  ): Promise<Record<string, string>> {
    const outcomes: Record<string, string> = {};
    for (const subject of subjects)
      outcomes[typeof subject === 'string' ? subject : subject.name] = await attempted(subject);
    return outcomes;
  }

  /** Every row of every customer and of the log, with its physical position and the transaction that wrote it. */
  async function everyBit(): Promise<string> {
    const rows = [...tables.map(({ name }) => name), 'audit.entry'].map(
      (name) => `SELECT '${name}' AS name, t.ctid, t.xmin::text, t::text FROM ${name} t`,
    );
    const { rows: digests } = await app.sql.query<{ digest: string }>(
      `SELECT md5(string_agg(r::text, E'\\n' ORDER BY name, ctid)) AS digest FROM (${rows.join(' UNION ALL ')}) AS r`,
    );
    return digests[0]!.digest;
  }
});
