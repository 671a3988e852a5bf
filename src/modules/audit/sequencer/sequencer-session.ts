import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Client } from 'pg';
import { DomainError } from '../../../kernel/domain-error';
import { AdvisoryLock } from '../../../platform/database/advisory-lock';
import type { RoleConnection } from '../../../platform/database/connection';
import { connectAs } from '../../../platform/database/session';
import { NIL_UUID } from '../../../platform/ids';
import { leafHash, TileIntegrator } from '../../../libraries/transparency-log';
import { sequenceEntries } from '../queries/sequence-entries.queries';

/** Entries per statement: about 100 ms. */
export const MAX_ENTRIES_PER_BATCH = 5_000;
/** Entries hashed before yielding to the event loop: other requests of the process must not wait for a whole batch. */
const ENTRIES_PER_SLICE = 250;

const PENDING = `SELECT ctid FROM audit.pending WHERE entry_id > $1 ORDER BY entry_id LIMIT $2`;
const PENDING_OF = `SELECT ctid FROM audit.pending WHERE entry_id = ANY ($1::uuid[])`;

interface SequencedEntry {
  readonly sequence: number;
  readonly entry_id: string;
  readonly canonical: string;
}

/** Newly sequenced entries, in order. */
export interface Batch {
  /** number of sequenced entries before them */
  readonly before: number;
  readonly entries: readonly string[];
}

/** Detects a dead network connection. */
const STATEMENT_TIMEOUT_MS = 30_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * A database session as lethe_sequencer, the only role that may assign sequences and grow the tree. It must not be used
 * after an error.
 */
export class SequencerSession {
  private leads = false;
  private batches = 0;
  private last = NIL_UUID;
  private tree: TileIntegrator | undefined;

  private constructor(private readonly client: Client) {}

  static async open(connection: RoleConnection): Promise<SequencerSession> {
    const client = await connectAs(connection, {
      application_name: 'lethe-sequencer',
      query_timeout: STATEMENT_TIMEOUT_MS,
    });
    await client.query("SET work_mem = '32MB'"); // a batch is sorted in memory
    // Each connection keeps the plans of its prepared statements. A plan made while the log was small would read all of
    // it for every batch.
    await client.query('SET enable_seqscan = off');
    return new SequencerSession(client);
  }

  /** Whether this session is the leader. Once it leads, it stays the leader. */
  async isLeader(): Promise<boolean> {
    if (!this.leads) {
      const { rows } = await this.client.query<{ leads: boolean }>('SELECT pg_try_advisory_lock($1) AS leads', [
        AdvisoryLock.SEQUENCER_LEADER,
      ]);
      this.leads = rows[0]?.leads === true;
    }
    return this.leads;
  }

  /**
   * Assigns the next sequences to up to {@link MAX_ENTRIES_PER_BATCH} pending entries, in order of their ids, and adds
   * them to the tree. It is one transaction: an entry is either pending, or it has its sequence and its leaf.
   */
  async sequenceBatch(): Promise<Batch> {
    // Most batches start after the last one, because until the next VACUUM the index still holds all drained entries.
    // Entries that slow transactions committed before that position are found by a batch that starts at the front: the
    // next one after a batch that was not full, and every tenth.
    const isFromFront = this.batches++ % 10 === 0;
    const batch = await this.assignSequences('sequence-batch', sequenceEntries(PENDING, 'entry_id'), [
      isFromFront ? NIL_UUID : this.last,
      MAX_ENTRIES_PER_BATCH,
    ]);
    this.last = batch.length === MAX_ENTRIES_PER_BATCH ? batch.at(-1)!.entry_id : NIL_UUID;
    return { before: (await this.openTree()).size - batch.length, entries: batch.map(({ canonical }) => canonical) };
  }

  /**
   * Announces that these entries are in the ledger, so that the database accepts them although their dates are in the
   * past.
   */
  async announce(entries: readonly { readonly id: string; readonly canonical: string }[]): Promise<void> {
    await this.client.query(
      `INSERT INTO audit.announced (entry_id, leaf) SELECT * FROM unnest($1::uuid[], $2::bytea[])
       ON CONFLICT (entry_id) DO NOTHING`,
      [entries.map(({ id }) => id), entries.map(({ canonical }) => leafHash(canonical))],
    );
  }

  /**
   * Assigns the next sequences to these pending entries in the given order, that of the ledger.
   *
   * @throws DomainError `LEDGER_CONFLICT` when one of them is not pending; then none is sequenced
   */
  async sequenceInOrder(entryIds: readonly string[]): Promise<void> {
    await this.assignSequences(
      'sequence-in-order',
      sequenceEntries(PENDING_OF, 'array_position($1::uuid[], entry_id)'),
      [entryIds],
      async (sequenced) => {
        if (sequenced.length !== entryIds.length) throw new DomainError('LEDGER_CONFLICT');
        await this.client.query('DELETE FROM audit.announced WHERE entry_id = ANY ($1::uuid[])', [entryIds]);
      },
    );
  }

  /** Root of the tree and its number of leaves. */
  async head(): Promise<{ readonly size: number; readonly root: Buffer }> {
    const tree = await this.openTree();
    return { size: tree.size, root: await tree.root };
  }

  /** Sequenced entries after the first `skip`, in order. */
  async entriesBehind(skip: number): Promise<string[]> {
    const { rows } = await this.client.query<{ canonical: string }>(
      `SELECT e.canonical FROM audit.position p JOIN audit.entry e ON e.id = p.entry_id
       WHERE p.sequence > $1 ORDER BY p.sequence LIMIT $2`,
      [skip, MAX_ENTRIES_PER_BATCH],
    );
    return rows.map(({ canonical }) => canonical);
  }

  /** Takes the next epoch of the ledger, higher than `known`, because a restored database has lost the latest ones. */
  async takeEpoch(known: number): Promise<number> {
    const { rows } = await this.client.query<{ epoch: number }>(
      `INSERT INTO audit.epoch (epoch, begun_at)
       SELECT greatest(coalesce(max(epoch), 0), $1) + 1, clock_timestamp() FROM audit.epoch
       RETURNING epoch::float8 AS epoch`,
      [known],
    );
    return rows[0]!.epoch;
  }

  /** Whether an entry is not sequenced yet, or no recorded checkpoint covers it. */
  async isBehind(): Promise<boolean> {
    const { rows } = await this.client.query<{ behind: boolean }>(
      `SELECT EXISTS (SELECT FROM audit.pending)
         OR (SELECT coalesce(max(sequence), 0) FROM audit.position)
           > (SELECT coalesce(max(size), 0) FROM audit.checkpoint) AS behind`,
    );
    return rows[0]!.behind;
  }

  /** Size of the newest recorded checkpoint; 0 when there is none. */
  async checkpointSize(): Promise<number> {
    const { rows } = await this.client.query<{ size: number }>(
      'SELECT coalesce(max(size), 0)::float8 AS size FROM audit.checkpoint',
    );
    return rows[0]!.size;
  }

  /** Records a checkpoint that is signed and exported. */
  async recordCheckpoint(size: number, note: string): Promise<void> {
    await this.client.query(
      'INSERT INTO audit.checkpoint (size, note, exported_at) VALUES ($1, $2, clock_timestamp()) ' +
        'ON CONFLICT (size) DO NOTHING',
      [size, note],
    );
  }

  /** Closes the session without a long wait for a server that no longer answers. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_TIMEOUT_MS)));
    await Promise.race([this.client.end().catch(() => undefined), timeout]);
    clearTimeout(timer);
  }

  private async assignSequences(
    name: string,
    text: string,
    values: readonly unknown[],
    check: (sequenced: readonly SequencedEntry[]) => Promise<void> = () => Promise.resolve(),
  ): Promise<SequencedEntry[]> {
    const tree = await this.openTree();
    return this.inTransaction(async () => {
      const { rows } = await this.client.query<SequencedEntry>({ name, text, values: [...values] });
      await check(rows);
      if (rows.length === 0) return rows;
      if (rows[0]!.sequence !== tree.size + 1) throw new DomainError('AUDIT_TREE_INCOMPLETE');
      await this.appendToTree(tree, rows);
      return rows;
    });
  }

  /** The stored tree, brought up to date: logs of earlier versions have sequences without leaves. */
  private async openTree(): Promise<TileIntegrator> {
    if (this.tree !== undefined) return this.tree;
    const { rows } = await this.client.query<{ size: number }>(
      `SELECT coalesce(max(place * 256 + length(hashes) / 32), 0)::float8 AS size FROM audit.tile
       WHERE level = 0 AND place = (SELECT max(place) FROM audit.tile WHERE level = 0)`,
    );
    const tree = await TileIntegrator.load(rows[0]!.size, (level, index) => this.readTile(level, index));
    for (;;) {
      const entries = await this.entriesBehind(tree.size);
      if (entries.length === 0) break;
      await this.inTransaction(() =>
        this.appendToTree(
          tree,
          entries.map((canonical) => ({ canonical })),
        ),
      );
    }
    return (this.tree = tree);
  }

  private async readTile(level: number, index: number): Promise<Buffer> {
    const { rows } = await this.client.query<{ hashes: Buffer }>(
      'SELECT hashes FROM audit.tile WHERE level = $1 AND place = $2',
      [level, index],
    );
    if (rows[0] === undefined) throw new DomainError('AUDIT_TREE_INCOMPLETE');
    return rows[0].hashes;
  }

  private async appendToTree(
    tree: TileIntegrator,
    entries: readonly Pick<SequencedEntry, 'canonical'>[],
  ): Promise<void> {
    for (let done = 0; done < entries.length; done += ENTRIES_PER_SLICE) {
      const next = entries.slice(done, done + ENTRIES_PER_SLICE);
      tree.integrate(next.map(({ canonical }) => leafHash(canonical)));
      await othersTurn();
    }
    const tiles = tree.takeChanged();
    await this.client.query({
      name: 'write-tiles',
      text: `INSERT INTO audit.tile (level, place, hashes) SELECT *
        FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
        ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes`,
      values: [tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ hashes }) => hashes)],
    });
  }

  private async inTransaction<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('BEGIN');
    try {
      const result = await work();
      await this.client.query('COMMIT');
      return result;
    } catch (error) {
      this.tree = undefined; // it may contain rolled-back leaves
      await this.client.query('ROLLBACK').catch(() => undefined); // the first error is the one to report
      throw error;
    }
  }
}
