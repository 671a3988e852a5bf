import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  Erase,
  Keep,
  KeepNumberOrSurrogate,
  NotPersonal,
  OfCustomer,
  SealWithName,
} from '../../../kernel/personal-data';
import { GROUNDS, MEDICAL_DEVICE_PERIOD } from '../../../kernel/retention';

export const CARE_CASE_TYPES = [
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
export type CareCaseType = (typeof CARE_CASE_TYPES)[number];
export const CARE_CASE_STATUSES = ['OPEN', 'COMPLETED', 'CANCELLED'] as const;
export type CareCaseStatus = (typeof CARE_CASE_STATUSES)[number];

@Entity('care_case')
@OfCustomer('customer_id')
@SealWithName(GROUNDS.MEDICAL_DEVICE, {
  list: 'careCases',
  startsOn: 't.closed_on',
  order: 't.opened_on, t.id',
  without: ['title', 'note'],
})
export class CareCase {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @KeepNumberOrSurrogate(MEDICAL_DEVICE_PERIOD)
  @Column('text')
  number: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('bigint')
  branchId: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('text')
  type: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('text')
  status: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('date')
  openedOn: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('date', { nullable: true })
  closedOn: string | null;

  @Erase('FREE_TEXT')
  @Column('text', { nullable: true })
  title: string | null;

  @Erase('FREE_TEXT')
  @Column('text', { nullable: true })
  note: string | null;
}
