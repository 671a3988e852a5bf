import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { ErasureReapply, type ReappliedTable } from '../../src/modules/erasure-upkeep';
import { AuditLog, DataMapEntries } from '../../src/modules/audit';
import { type CustomerTable, DataMap } from '../../src/modules/data-map';
import { ENTITIES_BY_MODULE } from '../../src/app/entities';
import { ownerThrough } from '../../src/platform/database/connection';
import { createDataSource } from '../../src/platform/database/data-source';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { anonymizedResidue } from '../support/anonymized-residue';
import { Population } from '../support/customer-rows';
import { dumpDatabase } from '../support/database-dump';
import { TestApp } from '../support/test-app';

/**
 * The test simulates the residue of an older map by bypassing the guards: rows of every kind, as other customers have
 * them.
 */
describe('customers anonymized under an older data map', () => {
  let app: TestApp;
  let map: DataMap;
  let population: Population;
  let owner: DataSource;

  beforeAll(async () => {
    app = await TestApp.start();
    map = app.nest.get(DataMap, { strict: false });
    population = await Population.of(app.sql, map.allCustomerTables);
    const connection = ownerThrough(app.database.as('lethe_migrator'));
    owner = await createDataSource(connection, Object.values(ENTITIES_BY_MODULE).flat(), 2).initialize();
  });
  afterAll(async () => {
    await owner?.destroy();
    await app?.stop();
  });

  async function reapply(): Promise<ReappliedTable[]> {
    const transaction = new TransactionRunner(owner);
    const tables: ReappliedTable[] = [];
    const audit = new AuditLog(transaction, app.clock);
    const reapplication = new ErasureReapply(transaction, map, audit, new DataMapEntries(transaction, audit));
    await reapplication.reapplyAll((table) => tables.push(table));
    return tables;
  }

  async function anonymized(count: number): Promise<string[]> {
    const customerIds = await population.customers(count);
    await population.fill(customerIds);
    const admin = await app.as('admin');
    for (const id of customerIds) {
      const { customerNumber: confirmation } = (await admin.get(`/api/v1/customers/${id}`).expect(200)).body;
      const order = { confirmation, reason: 'ERASURE_REQUEST' };
      await admin.post(`/api/v1/customers/${id}/anonymization`).send(order).expect(200);
    }
    return customerIds;
  }

  const guardsOf = ({ name }: CustomerTable) =>
    name === 'customer' ? ['guard_update'] : ['guard_insert', 'guard_update', 'guard_delete'];

  async function behindTheGuards(work: () => Promise<void>): Promise<void> {
    const each = async (action: string) => {
      for (const table of map.allCustomerTables)
        for (const guard of guardsOf(table))
          await app.sql.query(`ALTER TABLE ${table.name} ${action} TRIGGER ${guard}`);
    };
    await each('DISABLE');
    await work();
    await each('ENABLE ALWAYS');
  }

  const guards = async () =>
    (
      await app.sql.query(
        `SELECT tgrelid::regclass::text AS table, tgname, tgenabled FROM pg_trigger WHERE tgname LIKE 'guard\\_%' ORDER BY 1, 2`,
      )
    ).rows;

  /** Every table except those that the sequencer and the removal of contents write meanwhile. */
  const everything = async () =>
    [...(await dumpDatabase(app.sql))]
      .filter(([table]) => !/^(?:audit\."?(?:pending|position|tile|checkpoint)"?|public\.outbox)$/.test(table))
      .map(([table, content]) => [table, content.split('\n').sort()]);

  const entries = async () =>
    (
      await app.sql.query(
        `SELECT customer_id AS id, actor_id AS actor, t.name AS table
         FROM audit.entry, jsonb_object_keys(canonical::jsonb -> 'details' -> 'effects') AS t (name) WHERE action = 'ERASURE_REAPPLIED' ORDER BY 1, 3`,
      )
    ).rows;

  it('lose what the current map erases and replaces, in every table, and other customers lose nothing', async () => {
    const erased = await anonymized(3);
    const living = await population.customers(3);
    await population.fill(living);
    await behindTheGuards(async () => {
      await population.fill(erased.slice(0, 2));
      await app.sql.query(`UPDATE stock_item SET owner_name = 'Erika Geheim1' WHERE customer_id = $1`, [erased[0]]);
      // it checks the current columns, which an older constraint did not know
      await app.sql.query('ALTER TABLE customer DROP CONSTRAINT customer_anonymized_whole');
      await app.sql.query(`UPDATE customer SET physician = 'Dr. Eisenbart' WHERE id = $1`, [erased[0]]);
      await app.sql.query('DELETE FROM relationship WHERE customer_id = ANY ($1) OR related_customer_id = ANY ($1)', [
        living,
      ]);
    });
    const stubs = () => app.sql.query('SELECT * FROM customer WHERE id <> $1 ORDER BY id', [erased[0]]);
    const rowsOfLiving = async () => {
      const rows: unknown[] = [];
      for (const { name, rule } of map.allCustomerTables)
        for (const column of rule.customerColumns)
          rows.push(
            (await app.sql.query(`SELECT * FROM ${name} WHERE ${column} = ANY ($1) ORDER BY 1, 2`, [living])).rows,
          );
      return rows;
    };
    const archived = async () =>
      (
        await app.sql.query(
          `SELECT (SELECT count(*) FROM archive_document WHERE customer_id = ANY ($1) AND retention_class = 'NONE') AS letters,
             (SELECT count(*) FROM archive_key WHERE customer_id = ANY ($1) AND retention_class = 'NONE') AS keys`,
          [erased],
        )
      ).rows[0];
    const [stubsBefore, livingBefore, guardsBefore] = [(await stubs()).rows, await rowsOfLiving(), await guards()];
    const archivedBefore = await archived();
    expect(archivedBefore).not.toMatchObject({ letters: '0' });

    for (const statement of ['UPDATE invoice_line l SET text = text', 'DELETE FROM invoice_line l'])
      await expect(
        app.sql.query(
          `${statement} WHERE customer_id = $1 AND EXISTS (SELECT FROM invoice i WHERE i.id = l.invoice_id AND i.status = 'DRAFT')`,
          [erased[0]],
        ),
      ).rejects.toMatchObject({ code: 'AN001' });

    const tables = await reapply();
    expect(tables.find(({ table }) => table === 'invoice_line')).toMatchObject({ customers: 2 });

    // redaction no longer knows the names in kept texts, and documents go with their keys
    const redacted = new Set(
      map.allCustomerTables.flatMap(({ name, columns }) =>
        columns.filter(({ rule }) => rule.treatment === 'REDACT').map((column) => `${name}.${column.name}`),
      ),
    );
    const residue = await anonymizedResidue(app.sql, map, population.names);
    expect(
      residue.filter(({ table, column }) => !table.startsWith('archive_') && !redacted.has(`${table}.${column}`)),
    ).toEqual([]);
    const touched = tables.map(({ table }) => table);
    for (const table of ['address', 'bank_account', 'stock_item', 'invoice', 'quote', 'customer', 'customer_search'])
      expect(touched).toContain(table);
    expect((await stubs()).rows).toEqual(stubsBefore);
    expect(await rowsOfLiving()).toEqual(livingBefore);
    expect(await guards()).toEqual(guardsBefore);
    expect(await archived()).toEqual(archivedBefore); // only the archive's own step removes contents with their rows
    const { rows: labels } = await app.sql.query(
      'SELECT DISTINCT s.owner_name, c.last_name FROM stock_item s JOIN customer c ON c.id = s.customer_id WHERE c.id = $1',
      [erased[0]],
    );
    expect(labels).toEqual([
      { owner_name: labels[0].last_name, last_name: expect.stringMatching(/^Anonymisiert am /) },
    ]);

    const told = await entries();
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set(erased.slice(0, 2)));
    expect(told.filter(({ id }) => id === erased[0]).map(({ table }) => table)).toEqual(
      expect.arrayContaining(['customer', 'stock_item', 'address']),
    );
    expect(told.every(({ actor }) => actor === null)).toBe(true);
    const shown = await (await app.as('compliance')).get('/api/v1/audit-entries?action=ERASURE_REAPPLIED&limit=200');
    for (const { details } of shown.body.items)
      expect(details.effects).toEqual([
        {
          module: expect.any(String),
          table: expect.any(String),
          treatment: expect.any(String),
          rows: expect.any(Number),
        },
      ]);
  });

  it('are left alone when there is nothing to do', async () => {
    await anonymized(1);
    await reapply();
    const before = await everything();
    expect(await reapply()).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('are guarded as before, even after a failure', async () => {
    const [id] = await anonymized(1);
    await behindTheGuards(async () => {
      await app.sql.query(`INSERT INTO address (customer_id, type, street) VALUES ($1, 'OTHER', 'Rest 1')`, [id]);
    });
    await app.sql.query(`
      CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE TRIGGER in_the_way BEFORE DELETE ON address FOR EACH ROW EXECUTE FUNCTION in_the_way()`);
    const before = await guards();
    await expect(reapply()).rejects.toThrow();
    expect(await guards()).toEqual(before);
    const write = (sql: string) => app.sql.query(sql, [id]).catch((error: { code: string }) => error.code);
    expect(await write(`UPDATE address SET street = 'Neu 1' WHERE customer_id = $1`)).toBe('AN001');
    await app.sql.query('DROP FUNCTION in_the_way CASCADE');
    expect(await reapply()).toEqual([{ table: 'address', customers: 1, rows: 1 }]);
    expect(await write(`INSERT INTO address (customer_id, type) VALUES ($1, 'OTHER')`)).toBe('AN001');
  });

  it('cannot be changed this way by the application', async () => {
    const client = new Client(app.database.as('lethe_app'));
    await client.connect();
    try {
      for (const table of ['address', 'customer'])
        await expect(client.query(`ALTER TABLE ${table} DISABLE TRIGGER guard_update`)).rejects.toThrow(
          /must be owner/,
        );
    } finally {
      await client.end();
    }
  });
});
