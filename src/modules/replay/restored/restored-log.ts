import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import type { DatabaseAccess } from '../../../platform/database/connection';
import { DATABASE_ACCESS } from '../../../platform/database/database.module';
import { type CheckedLedger, CheckpointExports, LedgerCheck, SequencerSession } from '../../audit';
import type { Ledger } from '../../../libraries/transparency-log';

const TIMEOUT_MS = 3_000;
const POLL_INTERVAL_MS = 100;

/** The log of a restored database, compared with a ledger that has more entries. */
@Injectable()
export class RestoredLog {
  constructor(
    @Inject(DATABASE_ACCESS) private readonly access: DatabaseAccess,
    private readonly ledgers: LedgerCheck,
    private readonly exports: CheckpointExports,
  ) {}

  /**
   * Does the work while no other process can sequence entries. Afterwards the entries have the order of the ledger.
   *
   * @throws DomainError `AUDIT_LOG_IN_USE`, and those of {@link LedgerCheck.check}
   */
  async use(
    ledger: Ledger,
    work: (session: SequencerSession, stored: number, checked: CheckedLedger) => Promise<void>,
  ): Promise<void> {
    const session = await SequencerSession.open(this.access.as('lethe_sequencer'));
    try {
      if (!(await leads(session))) throw new DomainError('AUDIT_LOG_IN_USE');
      const stored = await session.head();
      await work(session, stored.size, await this.ledgers.check(ledger, stored));
      await this.export(session);
    } finally {
      await session.close();
    }
  }

  /**
   * Sequences and signs the entries of the replay itself; later, if another ledger than the product's own was replayed.
   */
  private async export(session: SequencerSession): Promise<void> {
    if (!(await session.isBehind())) return;
    const checkpoints = await this.exports.begin(session);
    if (checkpoints === null) return;
    try {
      await checkpoints.exportAll();
    } finally {
      await checkpoints.close();
    }
  }
}

/** Waits for the lead, because the server needs a moment to notice that a previous replay was killed. */
async function leads(session: SequencerSession): Promise<boolean> {
  for (const until = performance.now() + TIMEOUT_MS; performance.now() < until; await delay(POLL_INTERVAL_MS))
    if (await session.isLeader()) return true;
  return false;
}
