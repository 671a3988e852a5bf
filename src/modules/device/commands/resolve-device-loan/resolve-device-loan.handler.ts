import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { deviceLoans, type StoredDeviceLoan } from '../../records/device-loan.record';
import { LentDevices } from '../../records/lent-devices';
import { ResolveDeviceLoan } from './resolve-device-loan.command';

@CommandHandler(ResolveDeviceLoan)
export class ResolveDeviceLoanHandler implements ICommandHandler<ResolveDeviceLoan> {
  constructor(
    private readonly records: LockedRecords,
    private readonly devices: LentDevices,
  ) {}

  execute({ loanId, outcome: { resolution, resolvedOn } }: ResolveDeviceLoan): Promise<StoredDeviceLoan> {
    return this.records.change(deviceLoans, loanId, async (loan, { customerId, today }) => {
      // a resolution dated in the future does not count yet and can be corrected
      if (loan.resolvedOn !== null && loan.resolvedOn <= today) throw new DomainError('DEVICE_LOAN_RESOLVED');
      await this.devices.follow(loanId, customerId, resolution);
      return { resolution, resolvedOn: resolvedOn ?? today };
    });
  }
}
