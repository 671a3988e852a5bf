import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

@Entity('loyalty_program')
@HoldsNoCustomerData('programs of the chain; program_enrollment holds the participants')
export class LoyaltyProgram {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal('describes a program')
  @Column('text')
  code: string;

  @NotPersonal('describes a program')
  @Column('text')
  name: string;

  @NotPersonal('describes a program')
  @Column('date', { nullable: true })
  endsOn: string | null;

  @NotPersonal('describes a program')
  @Column('date', { nullable: true })
  archivedOn: string | null;
}
