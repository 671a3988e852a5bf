import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  Erase,
  EraseRows,
  Keep,
  KeepNumberOrSurrogate,
  NotPersonal,
  OfCustomer,
  Redact,
  SealWithName,
  ShowsContact,
} from '../../../kernel/personal-data';
import { BUSINESS_LETTER_PERIOD, GROUNDS } from '../../../kernel/retention';
import { effectiveEndOf } from '../records/contract-term';
import { DateColumn, FlagColumn, ListColumn, NoteColumn, NumberColumn, TextColumn } from '../../records';

const CONTRACT_STATUSES = ['DRAFT', 'SIGNED'] as const;
type ContractStatus = (typeof CONTRACT_STATUSES)[number];

@Entity('service_contract')
@OfCustomer('customer_id')
@EraseRows('a draft is not a contract', "t.status = 'DRAFT'")
@SealWithName(GROUNDS.BUSINESS_LETTER, {
  list: 'serviceContracts',
  when: "t.status = 'SIGNED'",
  startsOn: `coalesce(t.voided_on, ${effectiveEndOf('t')})`,
  order: 't.starts_on, t.id',
  without: ['note'], // an internal note, not part of the contract
})
@ShowsContact("t.status = 'SIGNED' AND greatest(t.starts_on, t.voided_on, t.termination_effective_on) >= :day")
export class ServiceContract {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NumberColumn(KeepNumberOrSurrogate(BUSINESS_LETTER_PERIOD)) number?: string | null;
  @ListColumn(Keep(BUSINESS_LETTER_PERIOD), 'contractStatus', CONTRACT_STATUSES) status: ContractStatus;
  @DateColumn(Keep(BUSINESS_LETTER_PERIOD), { required: true }) startsOn: string;
  @DateColumn(Keep(BUSINESS_LETTER_PERIOD)) endsOn?: string | null;
  @FlagColumn(Keep(BUSINESS_LETTER_PERIOD), { whenAbsent: false }) autoRenew?: boolean | null;
  @DateColumn(Keep(BUSINESS_LETTER_PERIOD)) terminationEffectiveOn?: string | null;
  @DateColumn(Keep(BUSINESS_LETTER_PERIOD)) voidedOn?: string | null;
  @TextColumn(Redact(BUSINESS_LETTER_PERIOD)) title?: string | null;
  @NoteColumn(Erase('FREE_TEXT')) note?: string | null;
}
