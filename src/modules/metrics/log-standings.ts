import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';

export interface LogStanding {
  /** sequenced entries */
  readonly entries: number;
  /** entries without a sequence */
  readonly pending: number;
  /** entries that the newest checkpoint covers */
  readonly covered: number;
  readonly checkpointAt: Date | null;
}

/** An entry that no checkpoint covers. */
export interface UncoveredEntry {
  readonly id: string;
  readonly writtenAt: Date;
}

const NEWEST = 'SELECT size, exported_at FROM audit.checkpoint ORDER BY size DESC LIMIT 1';

/** How far the log is sequenced, signed and exported. */
@Injectable()
export class LogStandings {
  constructor(private readonly transaction: TransactionRunner) {}

  async read(): Promise<LogStanding> {
    const [row] = await this.transaction.readAlone<LogStanding>(
      `SELECT (SELECT coalesce(max(sequence), 0) FROM audit.position)::float8 AS entries,
          (SELECT count(*) FROM audit.pending)::float8 AS pending,
         coalesce(c.size, 0)::float8 AS covered, c.exported_at AS "checkpointAt"
       FROM (SELECT) AS one LEFT JOIN (${NEWEST}) AS c ON true`,
      [],
    );
    return row!;
  }

  /** The entry that was written first; null when there is none. */
  async oldestUncovered(): Promise<UncoveredEntry | null> {
    const [row] = await this.transaction.readAlone<{ id: string | null }>(
      `SELECT least(
         (SELECT entry_id FROM audit.pending ORDER BY entry_id LIMIT 1),
         (SELECT entry_id FROM audit.position
           WHERE sequence = coalesce((SELECT max(size) FROM audit.checkpoint), 0) + 1)) AS id`,
      [],
    );
    const id = row?.id ?? null;
    return id === null ? null : { id, writtenAt: instantOf(id) };
  }
}

/** The first 48 bits of a UUID version 7 are milliseconds. */
const instantOf = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
