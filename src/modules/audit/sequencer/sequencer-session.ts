import { Client } from 'pg';
import type { Connection } from '../../../platform/database/connection';

/** Advisory lock of the one process that sequences; it ends with the session, in whatever way that ends. */
const LEADER_LOCK = 7_337_003;

/** Entries per statement: about 100 ms. */
export const BATCH = 5_000;

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

const SEQUENCE_BATCH = `
  WITH taken AS (
    DELETE FROM audit.pending
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM audit.pending WHERE entry_id > $1 ORDER BY entry_id LIMIT $2)) RETURNING entry_id),
  placed AS (
    INSERT INTO audit.position (sequence, entry_id)
    SELECT (SELECT coalesce(max(sequence), 0) FROM audit.position) + row_number() OVER (ORDER BY entry_id), entry_id FROM taken)
  SELECT count(*)::int AS sequenced, (SELECT entry_id FROM taken ORDER BY entry_id DESC LIMIT 1) AS last FROM taken`;

/** A dead network connection is noticed by then. */
const STATEMENT_PATIENCE_MS = 30_000;
const CLOSE_PATIENCE_MS = 1_000;

/** A database session as lethe_sequencer, the only role that may give positions. */
export class SequencerSession {
  private leads = false;
  private batches = 0;
  private last = FIRST_ID;

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
    // Most batches begin behind the last one: until the next VACUUM the index still holds all that were drained. What slow transactions committed
    // before that place is found by the batch that begins at the front, which every one after a batch that was not full does, and every tenth.
    const isFromFront = this.batches++ % 10 === 0;
    const { rows } = await this.client.query<{ sequenced: number; last: string | null }>({
      name: 'sequence-batch',
      text: SEQUENCE_BATCH,
      values: [isFromFront ? FIRST_ID : this.last, BATCH],
    });
    const { sequenced, last } = rows[0]!;
    this.last = sequenced === BATCH ? last! : FIRST_ID;
    return sequenced;
  }

  /** Never waits long for a server that does not answer any more. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_PATIENCE_MS)));
    await Promise.race([this.client.end().catch(() => undefined), patience]);
    clearTimeout(timer);
  }
}
