import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NamedInCopies, NamesOthers, NotPersonal } from '../../../kernel/personal-data';

@Entity('branch')
@HoldsNoCustomerData('branches of the chain')
@NamedInCopies('branch_id', { branchCode: 'code' })
export class Branch {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal('identifies a branch')
  @Column('text')
  code: string;

  @NamesOthers()
  @NotPersonal('identifies a branch')
  @Column('text')
  name: string;
}
