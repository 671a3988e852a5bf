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
} from '../../../kernel/personal-data';
import { BUSINESS_LETTER_PERIOD, GROUNDS } from '../../../kernel/retention';
import { effectiveEndOf } from '../records/contract-term';

export const CONTRACT_STATUSES = ['DRAFT', 'SIGNED'] as const;
export type ContractStatus = (typeof CONTRACT_STATUSES)[number];

@Entity('service_contract')
@OfCustomer('customer_id')
@EraseRows('a draft is no contract', "t.status = 'DRAFT'")
@SealWithName(GROUNDS.BUSINESS_LETTER, {
  list: 'serviceContracts',
  when: "t.status = 'SIGNED'",
  startsOn: `coalesce(t.voided_on, ${effectiveEndOf('t')})`,
  order: 't.starts_on, t.id',
  without: ['note'], // the shop's own, no part of the contract
})
export class ServiceContract {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @KeepNumberOrSurrogate(BUSINESS_LETTER_PERIOD)
  @Column('text')
  number: string;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('text')
  status: string;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('date')
  startsOn: string;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('date', { nullable: true })
  endsOn: string | null;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('boolean')
  autoRenew: boolean;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('date', { nullable: true })
  terminationEffectiveOn: string | null;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('date', { nullable: true })
  voidedOn: string | null;

  @Redact(BUSINESS_LETTER_PERIOD)
  @Column('text', { nullable: true })
  title: string | null;

  @Erase('FREE_TEXT')
  @Column('text', { nullable: true })
  note: string | null;
}
