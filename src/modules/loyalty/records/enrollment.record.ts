import {
  DateColumn,
  defineActionableRecord,
  ReferenceColumn,
  RequiredDateColumn,
  RequiredReferenceColumn,
  type StoredRecord,
  TextColumn,
} from '../../records';

export class AddEnrollmentRequest {
  @RequiredReferenceColumn({ table: 'loyalty_program', key: 'code', as: 'program_id' }) readonly programCode: string;

  @ReferenceColumn({ table: 'customer_card', key: 'number', as: 'card_id', ofSameCustomer: true })
  readonly cardNumber?: string | null;

  @RequiredDateColumn() readonly startsOn: string;
  @DateColumn() readonly endsOn?: string | null;
  @TextColumn() readonly voucherNumber?: string | null;
}

export type StoredEnrollment = StoredRecord<AddEnrollmentRequest>;

export const enrollments = defineActionableRecord('ENROLLMENT_NOT_FOUND', {
  name: 'Enrollment',
  path: 'enrollments',
  table: 'program_enrollment',
  request: AddEnrollmentRequest,
});
