import { Injectable } from '@nestjs/common';
import type { SequencerSession } from '../sequencer/sequencer-session';
import { CheckpointExport } from './checkpoint-export';
import { Ledger } from '../../../libraries/transparency-log';
import { LedgerGate } from './ledger-gate';
import { LogKeys } from './log-keys';

/** Begins the export for a session that leads. */
@Injectable()
export class CheckpointExports {
  constructor(
    private readonly gate: LedgerGate,
    private readonly ledger: Ledger,
    private readonly keys: LogKeys,
  ) {}

  /** Null when database and ledger do not belong together; the health signals report the reason. */
  async begin(session: SequencerSession): Promise<CheckpointExport | null> {
    if (!(await this.gate.check())) return null;
    const exported = await CheckpointExport.begin(session, this.ledger, this.keys);
    // From here on only this process can add to the ledger; an earlier leader may have done so meanwhile.
    const isSound = await this.gate.check().catch(async (error: unknown) => {
      await exported.close();
      throw error;
    });
    if (isSound) return exported;
    await exported.close();
    return null;
  }
}
