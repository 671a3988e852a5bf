import { OmitType } from '@nestjs/swagger';
import { defineActionableRecord, type StoredRecord } from '../../records';
import { CareCase } from '../entities/care-case.entity';

export class AddCareCaseRequest extends OmitType(CareCase, ['id', 'customerId'] as const) {}

export type StoredCareCase = StoredRecord<AddCareCaseRequest>;

export const careCases = defineActionableRecord('CARE_CASE_NOT_FOUND', {
  name: 'CareCase',
  path: 'care-cases',
  entity: CareCase,
  request: AddCareCaseRequest,
  series: { sequence: 'care_case_number', prefix: 'V-' },
});
