import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ERASURE_CONFLICT, ErasureConflicts } from './erasure-conflicts';
import { LEDGER_FAULTS, LedgerAnchor } from './ledger-anchor';

const NEXT_LOOK_MS = 2_000;

/**
 * Lets the product serve only while database and ledger belong together and no conflict of a replay is open. It looks before anything else begins, and
 * while they do not, again and again: once `erasure:replay` or `erasure:resolve` is through, the product serves without a restart.
 */
@Injectable()
export class LedgerGate implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly anchor: LedgerAnchor,
    private readonly conflicts: ErasureConflicts,
    private readonly health: HealthSignals,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.look();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Whether they belong together now. */
  async look(): Promise<boolean> {
    const found = await this.anchor.compare();
    const hasConflict = found === null && (await this.conflicts.isAnyOpen());
    this.health.fault(ERASURE_CONFLICT, hasConflict); // before the other one ends, so that nothing is served in between
    for (const fault of LEDGER_FAULTS) this.health.fault(fault, fault === found);
    const fault = hasConflict ? ERASURE_CONFLICT : found;
    if (fault !== null) {
      this.logger.caution('ledger_fault', { code: fault });
      this.lookLater();
    }
    return found === null;
  }

  private lookLater(): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.look().catch((error: unknown) => {
        this.logger.failure('ledger_look_failed', error);
        this.lookLater();
      });
    }, NEXT_LOOK_MS);
  }
}
