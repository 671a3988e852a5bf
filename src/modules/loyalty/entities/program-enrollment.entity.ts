import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, Keep, NotPersonal, OfCustomer, ShowsContact } from '../../../kernel/personal-data';
import { STATISTICS } from '../../../kernel/retention';
import { DateColumn, type Reference, ReferenceColumn, TextColumn } from '../../records';
import { PROGRAM } from './loyalty-program.entity';

const CARD: Reference = { table: 'customer_card', key: 'number', as: 'cardId', ofSameCustomer: true };

@Entity('program_enrollment')
@OfCustomer('customer_id')
@ShowsContact('greatest(t.starts_on, t.ends_on) >= :day')
export class ProgramEnrollment {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @ReferenceColumn(Keep(STATISTICS), PROGRAM, { required: true }) programCode: string;
  @ReferenceColumn(Erase('RECORD'), CARD) cardNumber?: string | null;
  @DateColumn(Keep(STATISTICS), { required: true }) startsOn: string;
  @DateColumn(Keep(STATISTICS)) endsOn?: string | null;
  @TextColumn(Erase('FINANCE', 'NUMBER')) voucherNumber?: string | null;
}
