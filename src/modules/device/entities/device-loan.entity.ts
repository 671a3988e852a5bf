import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, Keep, NotPersonal, OfCustomer, SealWithName } from '../../../kernel/personal-data';
import { GROUNDS, MEDICAL_DEVICE_PERIOD } from '../../../kernel/retention';

export const LOAN_KINDS = ['TRIAL', 'LOANER'] as const;
export type LoanKind = (typeof LOAN_KINDS)[number];
export const LOAN_RESOLUTIONS = ['RETURNED', 'SOLD', 'WRITTEN_OFF'] as const;
export type LoanResolution = (typeof LOAN_RESOLUTIONS)[number];

@Entity('device_loan')
@OfCustomer('customer_id')
@SealWithName(GROUNDS.MEDICAL_DEVICE, {
  list: 'deviceLoans',
  startsOn: 't.resolved_on',
  order: 't.issued_on, t.id',
  without: ['note'],
})
export class DeviceLoan {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NotPersonal()
  @Column('bigint')
  stockItemId: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('text')
  kind: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('date')
  issuedOn: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('date', { nullable: true })
  dueOn: string | null;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('text', { nullable: true })
  resolution: string | null;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('date', { nullable: true })
  resolvedOn: string | null;

  @Erase('FREE_TEXT')
  @Column('text', { nullable: true })
  note: string | null;
}
