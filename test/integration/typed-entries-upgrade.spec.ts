import type { Client } from 'pg';
import { DEFENCE_FACTS, type DefenceFact } from '../../src/modules/audit/queries/defence-facts.queries';
import { deviationsOf, isTripwire } from '../../src/modules/audit/integrity/audit-defences';
import { migrate } from '../../src/platform/database/migrate';
import { auditEntryOf, writeEntries } from '../support/audit-entry';
import { createOldDatabase, type TestDatabase } from '../support/test-database';

describe('the upgrade of an installation whose audit entries have no columns', () => {
  let database: TestDatabase;
  let sql: Client;

  const about = '01900000-0000-7000-8000-0000000000aa';
  const run = '01900000-0000-7000-8000-0000000000bb';
  const employee = '01900000-0000-7000-8000-0000000000cc';
  const erasure = {
    action: 'CUSTOMER_DATA_ANONYMIZED',
    module: 'finance',
    outcome: 'SUCCEEDED',
    actorId: employee,
    actorRole: 'ADMINISTRATOR',
    customerId: about,
    runId: run,
  };
  const old = [
    auditEntryOf({ occurredAt: '2024-02-29T23:59:59.999Z' }),
    auditEntryOf({ ...erasure, occurredAt: '2025-03-30T01:02:03.004Z', details: { effects: [], text: 'Größe „1“' } }),
  ];

  beforeAll(async () => {
    database = await createOldDatabase(26);
    sql = await database.look();
    await sql.query('ALTER TABLE audit.entry DISABLE TRIGGER refuse_forged');
    for (const { id, canonical } of old)
      await sql.query('INSERT INTO audit.entry (id, canonical) VALUES ($1, $2)', [id, canonical]);
    await sql.query('ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER refuse_forged');
    // in another time zone and notation of dates, which must not change an instant
    await sql.query(`ALTER ROLE lethe_migrator SET TimeZone = 'Pacific/Auckland'`);
    await migrate(database.as('lethe_migrator'));
    await sql.query('ALTER ROLE lethe_migrator RESET TimeZone');
  });
  afterAll(() => database.drop());

  it('fills the columns of every entry, and changes no text', async () => {
    const { rows } = await sql.query('SELECT * FROM audit.entry ORDER BY occurred_at');
    expect(rows).toEqual([
      {
        ...old[0],
        occurred_at: new Date('2024-02-29T23:59:59.999Z'),
        action: 'ACCESS_REFUSED',
        module: 'platform',
        customer_id: null,
        run_id: null,
        actor_id: null,
        actor_role: null,
        outcome: 'REFUSED',
      },
      {
        ...old[1],
        occurred_at: new Date('2025-03-30T01:02:03.004Z'),
        action: 'CUSTOMER_DATA_ANONYMIZED',
        module: 'finance',
        customer_id: about,
        run_id: run,
        actor_id: employee,
        actor_role: 'ADMINISTRATOR',
        outcome: 'SUCCEEDED',
      },
    ]);
  });

  it('leaves the same defences as a new installation', async () => {
    const found = deviationsOf((await sql.query<DefenceFact>(DEFENCE_FACTS)).rows);
    expect(found.filter((deviation) => !isTripwire(deviation))).toEqual([]);
  });

  it('keeps one entry per customer and module, over old and new ones', async () => {
    await sql.query('BEGIN; ALTER TABLE audit.entry DISABLE TRIGGER refuse_forged');
    await expect(writeEntries(sql, [auditEntryOf(erasure)])).rejects.toMatchObject({
      constraint: 'entry_once_per_customer_and_module',
    });
    await sql.query('ROLLBACK');
  });
});
