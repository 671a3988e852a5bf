import { Inject, Injectable } from '@nestjs/common';
import { type Leadership, LeaderTask } from '../../../platform/background/leader-task';
import type { DatabaseAccess } from '../../../platform/database/connection';
import { DATABASE_ACCESS } from '../../../platform/database/database.module';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import type { CheckpointExport } from '../ledger/checkpoint-export';
import { CheckpointExports } from '../ledger/checkpoint-exports';
import { MAX_ENTRIES_PER_BATCH, SequencerSession } from './sequencer-session';

const IDLE_INTERVAL_MS = 200;
/** Pause while a run works: fewer and larger batches leave more of the disk and the processor to the run. */
const BUSY_INTERVAL_MS = 600;
/** Batch size from which a run counts as working. */
const BUSY_BATCH_ENTRIES = 100;

/**
 * Assigns every entry of the log its sequence: gapless, ascending from 1, by one process at a time. It works after the
 * entries' own transactions, because numbering inside them would make all writers queue. Sequenced entries are exported
 * to the ledger and signed (docs/architecture.md#audit-log).
 */
@Injectable()
export class Sequencer extends LeaderTask<SequencerSession> {
  constructor(
    @Inject(DATABASE_ACCESS) private readonly access: DatabaseAccess,
    health: HealthSignals,
    logger: Logger,
    private readonly exports: CheckpointExports,
  ) {
    super({ failure: 'audit_sequencer_interrupted', warning: 'AUDIT_SEQUENCER_INTERRUPTED' }, health, logger);
  }

  protected override openSession(): Promise<SequencerSession> {
    return SequencerSession.open(this.access.as('lethe_sequencer'));
  }

  protected override async takeOver(session: SequencerSession): Promise<Leadership | null> {
    const checkpoints = await this.exports.begin(session);
    if (checkpoints === null) return null;
    return { round: () => exportBatch(checkpoints), close: () => checkpoints.close() };
  }
}

async function exportBatch(checkpoints: CheckpointExport): Promise<number> {
  const size = await checkpoints.exportBatch();
  if (size === MAX_ENTRIES_PER_BATCH) return 0;
  return size > BUSY_BATCH_ENTRIES ? BUSY_INTERVAL_MS : IDLE_INTERVAL_MS;
}
