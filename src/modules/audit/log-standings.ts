import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { millisecondsOf } from '../../platform/ids';
import { SELECT_OLDEST_UNCOVERED, SELECT_STANDING } from './queries/log-standings.queries';

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

/** How far the log is sequenced, signed and exported. */
@Injectable()
export class LogStandings {
  constructor(private readonly transaction: TransactionRunner) {}

  async read(): Promise<LogStanding> {
    const [row] = await this.transaction.readAlone<LogStanding>(SELECT_STANDING, []);
    return row!;
  }

  /** The entry that was written first; null when there is none. */
  async oldestUncovered(): Promise<UncoveredEntry | null> {
    const [row] = await this.transaction.readAlone<{ id: string | null }>(SELECT_OLDEST_UNCOVERED, []);
    const id = row?.id ?? null;
    return id === null ? null : { id, writtenAt: new Date(millisecondsOf(id)) };
  }
}
