import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, Keep, NotPersonal, OfCustomer, SealWithName, ShowsContact } from '../../../kernel/personal-data';
import { GROUNDS, MEDICAL_DEVICE_PERIOD } from '../../../kernel/retention';
import { DateColumn, ListColumn, NoteColumn, ReferenceColumn, RequiredTogether } from '../../records';

const LOAN_KINDS = ['TRIAL', 'LOANER'] as const;
type LoanKind = (typeof LOAN_KINDS)[number];
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
@RequiredTogether('resolution', 'resolvedOn')
@ShowsContact('greatest(t.issued_on, t.resolved_on) >= :day')
export class DeviceLoan {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  /** a device that another customer holds or owns cannot be lent */
  @ReferenceColumn(
    NotPersonal(),
    { table: 'stock_item', key: 'serial_number', as: 'stockItemId', ofSameCustomer: true },
    { required: true },
  )
  serialNumber: string;

  @ListColumn(Keep(MEDICAL_DEVICE_PERIOD), 'loanKind', LOAN_KINDS) kind: LoanKind;
  @DateColumn(Keep(MEDICAL_DEVICE_PERIOD), { required: true }) issuedOn: string;
  @DateColumn(Keep(MEDICAL_DEVICE_PERIOD)) dueOn?: string | null;

  @ListColumn(Keep(MEDICAL_DEVICE_PERIOD), 'resolution', LOAN_RESOLUTIONS, { required: false })
  resolution?: LoanResolution | null;

  @DateColumn(Keep(MEDICAL_DEVICE_PERIOD)) resolvedOn?: string | null;
  @NoteColumn(Erase('FREE_TEXT')) note?: string | null;
}
