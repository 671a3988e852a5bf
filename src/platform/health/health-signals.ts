import { Injectable } from '@nestjs/common';
import type { FaultCode, WarningCode } from '../../kernel/health-code';

const CODE = /^[A-Z][A-Z0-9_]*$/;

/**
 * What the parts of the product know about its state, as codes. A warning is a problem to fix while the product serves,
 * such as `FISCAL_SEAL_LOCAL`. A fault means that the product must not serve, such as a database that is older than the
 * ledger: `/health/ready` and every other route but health answer 503 while there is one.
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

  /** Every warning that anybody has raised or taken back, and whether it is raised now. */
  get knownWarnings(): ReadonlyMap<string, boolean> {
    return this.warningCodes;
  }

  /** The same for faults. */
  get knownFaults(): ReadonlyMap<string, boolean> {
    return this.faultCodes;
  }

  /** Raises a warning, or takes it back. */
  warn(code: WarningCode, present = true): void {
    set(this.warningCodes, code, present);
  }

  /** Raises a fault, or takes it back. */
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
