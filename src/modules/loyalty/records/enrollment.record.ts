import { OmitType } from '@nestjs/swagger';
import { defineActionableRecord, type StoredRecord } from '../../records';
import { ProgramEnrollment } from '../entities/program-enrollment.entity';

export class AddEnrollmentRequest extends OmitType(ProgramEnrollment, ['id', 'customerId'] as const) {}

export type StoredEnrollment = StoredRecord<AddEnrollmentRequest>;

export const enrollments = defineActionableRecord('ENROLLMENT_NOT_FOUND', {
  name: 'Enrollment',
  path: 'enrollments',
  entity: ProgramEnrollment,
  request: AddEnrollmentRequest,
});
