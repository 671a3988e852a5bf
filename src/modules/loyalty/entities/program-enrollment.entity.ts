import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, Keep, NotPersonal, OfCustomer } from '../../../kernel/personal-data';
import { STATISTICS } from '../../../kernel/retention';

@Entity('program_enrollment')
@OfCustomer('customer_id')
export class ProgramEnrollment {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @Keep(STATISTICS)
  @Column('bigint')
  programId: string;

  @Erase('RECORD')
  @Column('bigint', { nullable: true })
  cardId: string | null;

  @Keep(STATISTICS)
  @Column('date')
  startsOn: string;

  @Keep(STATISTICS)
  @Column('date', { nullable: true })
  endsOn: string | null;

  @Erase('FINANCE', 'NUMBER')
  @Column('text', { nullable: true })
  voucherNumber: string | null;
}
