import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';
import { DateColumn, NameColumn, type Reference } from '../../records';

export const PROGRAM: Reference = { table: 'loyalty_program', key: 'code', as: 'programId' };

@Entity('loyalty_program')
@HoldsNoCustomerData('programs of the chain; program_enrollment holds the participants')
export class LoyaltyProgram {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NameColumn(NotPersonal('describes a program'), { isKey: true }) code: string;
  @NameColumn(NotPersonal('describes a program')) name: string;
  @DateColumn(NotPersonal('describes a program')) endsOn?: string | null;
  @DateColumn(NotPersonal('describes a program')) archivedOn?: string | null;
}
