import { Client } from 'pg';
import type { Connection } from '../../../platform/database/connection';

/** Advisory lock of the one process that sequences; it ends with the session, in whatever way that ends. */
const LEADER_LOCK = 7_337_003;

/** Entries per statement: about 100 ms. */
export const BATCH = 5_000;

/** A dead network connection is noticed by then. */
const STATEMENT_PATIENCE_MS = 30_000;
const CLOSE_PATIENCE_MS = 1_000;

/** A database session as lethe_sequencer, the only role that may give positions. */
export class SequencerSession {
  private leads = false;

  private constructor(private readonly client: Client) {}

  static async open(connection: Connection): Promise<SequencerSession> {
    const client = new Client({
      ...connection,
      application_name: 'lethe-sequencer',
      connectionTimeoutMillis: 10_000,
      query_timeout: STATEMENT_PATIENCE_MS,
      keepAlive: true,
    });
    client.on('error', () => undefined); // the next statement fails and tells
    await client.connect();
    return new SequencerSession(client);
  }

  /** Whether this session is the one that sequences; once it is, it stays so. */
  async isLeader(): Promise<boolean> {
    if (!this.leads) {
      const { rows } = await this.client.query<{ leads: boolean }>('SELECT pg_try_advisory_lock($1) AS leads', [
        LEADER_LOCK,
      ]);
      this.leads = rows[0]?.leads === true;
    }
    return this.leads;
  }

  /**
   * Gives the next positions to up to {@link BATCH} pending entries, in order of their ids, and returns how many. One statement: an entry is pending,
   * or it has its position. The nodes of the Merkle tree will be written here, in the same transaction.
   */
  async sequenceBatch(): Promise<number> {
    const { rowCount } = await this.client.query(
      `WITH taken AS (
         DELETE FROM audit.pending WHERE entry_id IN (SELECT entry_id FROM audit.pending ORDER BY entry_id LIMIT $1) RETURNING entry_id
       )
       INSERT INTO audit.position (sequence, entry_id)
       SELECT (SELECT coalesce(max(sequence), 0) FROM audit.position) + row_number() OVER (ORDER BY entry_id), entry_id FROM taken`,
      [BATCH],
    );
    return rowCount ?? 0;
  }

  /** Never waits long for a server that does not answer any more. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_PATIENCE_MS)));
    await Promise.race([this.client.end().catch(() => undefined), patience]);
    clearTimeout(timer);
  }
}
