import type { Client } from 'pg';
import { canonicalize } from 'json-canonicalize';
import { newId } from '../../src/platform/ids';
import { migrate } from '../../src/platform/database/migrate';
import { Records } from '../support/records';
import { createOldDatabase, type TestDatabase } from '../support/test-database';

describe('the upgrade of an installation with merges and conflicts of earlier replays', () => {
  let database: TestDatabase;
  let sql: Client;
  let records: Records;

  beforeAll(async () => {
    database = await createOldDatabase(22);
    sql = await database.look();
    records = new Records(sql);
    await sql.query('INSERT INTO audit.simulation VALUES (now())');
  });
  afterAll(() => database.drop());

  /** An entry as that version of the replay wrote it. */
  async function refusedReplay(customerId: string, conflict: string, otherCustomerId: string | null): Promise<string> {
    const [id, entryId] = [newId(), newId()];
    const entry = {
      id,
      occurredAt: '2025-03-31T22:30:00.000Z',
      actorId: null,
      actorRole: null,
      action: 'ERASURE_REPLAYED',
      module: 'customer',
      customerId,
      runId: null,
      outcome: 'REFUSED',
      details: { code: 'LEDGER_CONFLICT', conflict, entryId, otherCustomerId },
    };
    await sql.query('INSERT INTO audit.entry (id, canonical) VALUES ($1, $2)', [id, canonicalize(entry)]);
    return entryId;
  }

  it('keeps conflicts about customers who are still readable, and proves merged customers empty', async () => {
    const [target, merged, readable, taker] = [
      await records.customer(),
      await records.customer({ first_name: 'Rest', last_name: 'Zusammengeführt mit M-1' }),
      await records.customer(),
      await records.customer(),
    ];
    await sql.query('UPDATE customer SET merged_into_id = $2 WHERE id = $1', [merged, target]);
    const gone = newId();
    const absent = await refusedReplay(readable, 'MERGE_TARGET_ABSENT', null);
    const taken = await refusedReplay(gone, 'NUMBER_TAKEN', taker);
    await refusedReplay(merged, 'MERGE_NOT_POSSIBLE', target);
    await refusedReplay(gone, 'CUSTOMER_DIFFERS', newId());

    await migrate(database.as('lethe_migrator'));

    const { rows } = await sql.query(
      `SELECT entry_id, customer_id, code, other_customer_id, reported_at = '2025-03-31T22:30:00Z' AS reported, resolved_at
       FROM erasure_conflict ORDER BY code`,
    );
    const open = { reported: true, resolved_at: null };
    expect(rows).toEqual([
      { entry_id: absent, customer_id: readable, code: 'MERGE_TARGET_ABSENT', other_customer_id: null, ...open },
      { entry_id: taken, customer_id: gone, code: 'NUMBER_TAKEN', other_customer_id: taker, ...open },
    ]);
    const [row] = (await sql.query('SELECT first_name, status, last_name FROM customer WHERE id = $1', [merged])).rows;
    expect(row).toEqual({ first_name: null, status: 'DELETED', last_name: 'Zusammengeführt mit M-1' });
    await expect(
      sql.query('UPDATE customer SET merged_into_id = $2 WHERE id = $1', [readable, target]),
    ).rejects.toMatchObject({ code: '23514', constraint: 'customer_merged_whole' });
  });
});
