import { OmitType } from '@nestjs/swagger';
import { defineActionableRecord, type StoredRecord } from '../../records';
import { DeviceLoan } from '../entities/device-loan.entity';
import { DeviceLoanRules } from './device-loan-rules';

export class AddDeviceLoanRequest extends OmitType(DeviceLoan, ['id', 'customerId'] as const) {}

export type StoredDeviceLoan = StoredRecord<AddDeviceLoanRequest>;

export const deviceLoans = defineActionableRecord('DEVICE_LOAN_NOT_FOUND', {
  name: 'DeviceLoan',
  path: 'device-loans',
  entity: DeviceLoan,
  request: AddDeviceLoanRequest,
  rules: DeviceLoanRules,
});
