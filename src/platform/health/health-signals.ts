import { Injectable } from '@nestjs/common';
import type { FaultCode, HealthWarningCode } from '../../kernel/health-code';

const CODE = /^[A-Z][A-Z0-9_]*$/;

/**
 * The state of the product as codes, reported by its parts. A warning is a problem to fix while the product serves,
 * such as `FISCAL_SEAL_LOCAL`. A fault means that the product must not serve, for example because the database is older
 * than the ledger: `/health/ready` and every route but health answer 503.
 */
@Injectable()
export class HealthSignals {
  private readonly warningCodes = new Map<string, boolean>();
  private readonly faultCodes = new Map<string, boolean>();

  get warnings(): readonly string[] {
    return presentOf(this.warningCodes);
  }

  get faults(): readonly string[] {
    return presentOf(this.faultCodes);
  }

  /** Every warning that was ever raised or cleared, and whether it is raised now. */
  get knownWarnings(): ReadonlyMap<string, boolean> {
    return this.warningCodes;
  }

  /** Every fault that was ever raised or cleared, and whether it is raised now. */
  get knownFaults(): ReadonlyMap<string, boolean> {
    return this.faultCodes;
  }

  /** Raises or clears a warning. */
  warn(code: HealthWarningCode, present = true): void {
    set(this.warningCodes, code, present);
  }

  /** Raises or clears a fault. */
  fault(code: FaultCode, present = true): void {
    set(this.faultCodes, code, present);
  }
}

const presentOf = (codes: ReadonlyMap<string, boolean>): string[] =>
  [...codes]
    .filter(([, present]) => present)
    .map(([code]) => code)
    .sort();

function set(codes: Map<string, boolean>, code: string, present: boolean): void {
  if (!CODE.test(code)) throw new Error('A health signal is a code');
  codes.set(code, present);
}
