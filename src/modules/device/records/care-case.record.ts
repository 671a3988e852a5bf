import {
  BRANCH,
  DateColumn,
  defineActionableRecord,
  NumberColumn,
  OneOfColumn,
  RequiredDateColumn,
  RequiredReferenceColumn,
  type StoredRecord,
  TextColumn,
} from '../../records';
import {
  CARE_CASE_STATUSES,
  CARE_CASE_TYPES,
  type CareCaseStatus,
  type CareCaseType,
} from '../entities/care-case.entity';

const LONGEST_NOTE = 2_000;

export class AddCareCaseRequest {
  @NumberColumn() readonly number?: string | null;
  @RequiredReferenceColumn(BRANCH) readonly branchCode: string;
  @OneOfColumn(CARE_CASE_TYPES) readonly type: CareCaseType;
  @OneOfColumn(CARE_CASE_STATUSES) readonly status: CareCaseStatus;
  @RequiredDateColumn() readonly openedOn: string;
  @DateColumn() readonly closedOn?: string | null;
  @TextColumn() readonly title?: string | null;
  @TextColumn(LONGEST_NOTE) readonly note?: string | null;
}

export type StoredCareCase = StoredRecord<AddCareCaseRequest>;

export const careCases = defineActionableRecord('CARE_CASE_NOT_FOUND', {
  name: 'CareCase',
  path: 'care-cases',
  table: 'care_case',
  request: AddCareCaseRequest,
  unique: { care_case_number_key: 'number' },
  series: { sequence: 'care_case_number', prefix: 'V-' },
});
