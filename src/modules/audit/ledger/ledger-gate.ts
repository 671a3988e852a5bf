import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PeriodicTask, seconds } from '../../../platform/background/periodic-task';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ERASURE_CONFLICT, ErasureConflicts } from './erasure-conflicts';
import { LEDGER_FAULTS, LedgerAnchor } from './ledger-anchor';

const GATE_FAULTS: readonly string[] = [ERASURE_CONFLICT, ...LEDGER_FAULTS];

/**
 * Lets the product serve only while database and ledger belong together and no conflict of a replay is open. It checks
 * before anything else starts, and every 2 seconds while there is a fault: after `erasure:replay` or `erasure:resolve`
 * the product serves without a restart.
 */
@Injectable()
export class LedgerGate extends PeriodicTask implements OnModuleInit {
  constructor(
    private readonly anchor: LedgerAnchor,
    private readonly conflicts: ErasureConflicts,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(
      { firstAfter: seconds(2), every: seconds(2), failure: 'ledger_check_failed', duringFaults: true },
      health,
      logger,
    );
  }

  async onModuleInit(): Promise<void> {
    await this.check();
  }

  /** True when database and ledger belong together now. */
  async check(): Promise<boolean> {
    const found = await this.anchor.compare();
    const hasConflict = found === null && (await this.conflicts.isAnyOpen());
    // raised before the other is cleared, so that no request is served in between
    this.health.fault(ERASURE_CONFLICT, hasConflict);
    for (const fault of LEDGER_FAULTS) this.health.fault(fault, fault === found);
    const fault = hasConflict ? ERASURE_CONFLICT : found;
    if (fault !== null) this.logger.caution('ledger_fault', { code: fault });
    return found === null;
  }

  /** Checks only while it has raised a fault. */
  protected override async round(): Promise<boolean> {
    return !this.health.faults.some((fault) => GATE_FAULTS.includes(fault)) || this.check();
  }
}
