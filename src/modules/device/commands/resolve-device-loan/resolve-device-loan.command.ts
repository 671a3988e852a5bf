import { Command } from '@nestjs/cqrs';
import type { StoredDeviceLoan } from '../../records/device-loan.record';
import type { ResolveDeviceLoanRequest } from './resolve-device-loan.request';

/** Ends a device loan, updates the stock and returns the loan. */
export class ResolveDeviceLoan extends Command<StoredDeviceLoan> {
  constructor(
    readonly loanId: string,
    readonly outcome: ResolveDeviceLoanRequest,
  ) {
    super();
  }
}
