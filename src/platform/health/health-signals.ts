import { Injectable } from '@nestjs/common';

const CODE = /^[A-Z][A-Z0-9_]*$/;

/**
 * What the parts of the product know about its state, as codes. A warning is something to put right while the product serves, such as
 * `FISCAL_SEAL_LOCAL`. A fault means that the product must not serve, such as a database that is older than the ledger: `/health/ready` and every
 * other route but health answer 503 while there is one.
 */
@Injectable()
export class HealthSignals {
  private readonly warningCodes = new Set<string>();
  private readonly faultCodes = new Set<string>();

  get warnings(): readonly string[] {
    return [...this.warningCodes].sort();
  }

  get faults(): readonly string[] {
    return [...this.faultCodes].sort();
  }

  /** Raises a warning, or takes it back. */
  warn(code: string, present = true): void {
    set(this.warningCodes, code, present);
  }

  /** Raises a fault, or takes it back. */
  fault(code: string, present = true): void {
    set(this.faultCodes, code, present);
  }
}

function set(codes: Set<string>, code: string, present: boolean): void {
  if (!CODE.test(code)) throw new Error('A health signal is a code');
  if (present) codes.add(code);
  else codes.delete(code);
}
