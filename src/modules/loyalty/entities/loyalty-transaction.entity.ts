import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, Keep, NotPersonal, OfCustomer, ShowsContact } from '../../../kernel/personal-data';
import { STATISTICS } from '../../../kernel/retention';

@Entity('loyalty_transaction')
@OfCustomer('customer_id')
@ShowsContact('t.occurred_at >= :instant')
export class LoyaltyTransaction {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @Keep(STATISTICS)
  @Column('bigint')
  programId: string;

  @Keep(STATISTICS)
  @Column('timestamptz')
  occurredAt: Date;

  @Keep(STATISTICS)
  @Column('integer', { nullable: true })
  points: number | null;

  @Keep(STATISTICS)
  @Column('bigint', { nullable: true })
  amount: string | null;

  @Erase('FINANCE', 'NUMBER')
  @Column('text', { nullable: true })
  cardNumber: string | null;
}
