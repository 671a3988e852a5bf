import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  Erase,
  Keep,
  KeepNumberOrSurrogate,
  NamedInCopies,
  NotPersonal,
  OfCustomer,
  SealWithName,
  ShowsContact,
} from '../../../kernel/personal-data';
import { GROUNDS, MEDICAL_DEVICE_PERIOD } from '../../../kernel/retention';
import { BRANCH, DateColumn, ListColumn, NoteColumn, NumberColumn, ReferenceColumn, TextColumn } from '../../records';

const CARE_CASE_TYPES = [
  'FITTING',
  'COCHLEA',
  'EARMOULD',
  'CAMPAIGN',
  'REPAIR',
  'SERVICE',
  'GLASSES',
  'CONTACT_LENS',
  'REFRACTION',
  'OTHER',
] as const;
type CareCaseType = (typeof CARE_CASE_TYPES)[number];
const CARE_CASE_STATUSES = ['OPEN', 'COMPLETED', 'CANCELLED'] as const;
type CareCaseStatus = (typeof CARE_CASE_STATUSES)[number];

@Entity('care_case')
@OfCustomer('customer_id')
@SealWithName(GROUNDS.MEDICAL_DEVICE, {
  list: 'careCases',
  startsOn: 't.closed_on',
  order: 't.opened_on, t.id',
  without: ['title', 'note'],
})
@ShowsContact('greatest(t.opened_on, t.closed_on) >= :day')
@NamedInCopies('care_case_id', { careCaseNumber: 'number' })
export class CareCase {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NumberColumn(KeepNumberOrSurrogate(MEDICAL_DEVICE_PERIOD)) number?: string | null;
  @ReferenceColumn(Keep(MEDICAL_DEVICE_PERIOD), BRANCH, { required: true }) branchCode: string;
  @ListColumn(Keep(MEDICAL_DEVICE_PERIOD), 'careCaseType', CARE_CASE_TYPES) type: CareCaseType;
  @ListColumn(Keep(MEDICAL_DEVICE_PERIOD), 'careCaseStatus', CARE_CASE_STATUSES) status: CareCaseStatus;
  @DateColumn(Keep(MEDICAL_DEVICE_PERIOD), { required: true }) openedOn: string;
  @DateColumn(Keep(MEDICAL_DEVICE_PERIOD)) closedOn?: string | null;
  @TextColumn(Erase('FREE_TEXT')) title?: string | null;
  @NoteColumn(Erase('FREE_TEXT')) note?: string | null;
}
