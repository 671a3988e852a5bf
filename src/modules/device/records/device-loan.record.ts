import {
  DateColumn,
  defineActionableRecord,
  OneOfColumn,
  OptionalOneOfColumn,
  RequiredDateColumn,
  RequiredReferenceColumn,
  type StoredRecord,
  TextColumn,
} from '../../records';
import { LOAN_KINDS, LOAN_RESOLUTIONS, type LoanKind, type LoanResolution } from '../entities/device-loan.entity';
import { DeviceLoanRules } from './device-loan-rules';

const LONGEST_NOTE = 2_000;

export class AddDeviceLoanRequest {
  /** a piece that another customer has or owns cannot be lent */
  @RequiredReferenceColumn({ table: 'stock_item', key: 'serial_number', as: 'stock_item_id', ofSameCustomer: true })
  readonly serialNumber: string;

  @OneOfColumn(LOAN_KINDS) readonly kind: LoanKind;
  @RequiredDateColumn() readonly issuedOn: string;
  @DateColumn() readonly dueOn?: string | null;
  @OptionalOneOfColumn(LOAN_RESOLUTIONS) readonly resolution?: LoanResolution | null;
  @DateColumn() readonly resolvedOn?: string | null;
  @TextColumn(LONGEST_NOTE) readonly note?: string | null;
}

export type StoredDeviceLoan = StoredRecord<AddDeviceLoanRequest>;

export const deviceLoans = defineActionableRecord('DEVICE_LOAN_NOT_FOUND', {
  name: 'DeviceLoan',
  path: 'device-loans',
  table: 'device_loan',
  request: AddDeviceLoanRequest,
  rules: DeviceLoanRules,
});
