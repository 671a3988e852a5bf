import { Injectable } from '@nestjs/common';
import type { Booking, RecordRules } from '../../records';
import type { LoanResolution } from '../entities/device-loan.entity';
import { LentDevices } from './lent-devices';

interface Loan {
  readonly resolution?: LoanResolution | null;
}

/** Keeps the stock in step with new loans. */
@Injectable()
export class DeviceLoanRules implements RecordRules<Loan> {
  constructor(private readonly devices: LentDevices) {}

  async complete(_loan: Loan, { customerId, references }: Booking): Promise<Loan> {
    await this.devices.lock(references.serialNumber!, customerId);
    return {};
  }

  async added(id: string, { resolution }: Loan, { customerId }: Booking): Promise<void> {
    // a loan that is entered after its end says nothing about where the device is today
    if (!resolution) await this.devices.follow(id, customerId, 'LENT');
  }
}
