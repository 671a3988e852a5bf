import { Command } from '@nestjs/cqrs';
import type { StoredDeviceLoan } from '../../records/device-loan.record';
import type { ResolveDeviceLoanRequest } from './resolve-device-loan.request';

/** Ends the loan of a device, and the stock follows; answers with the loan. */
export class ResolveDeviceLoan extends Command<StoredDeviceLoan> {
  constructor(
    readonly loanId: string,
    readonly outcome: ResolveDeviceLoanRequest,
  ) {
    super();
  }
}
