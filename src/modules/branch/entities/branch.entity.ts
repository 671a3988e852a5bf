import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NamedInCopies, NamesOthers, NotPersonal } from '../../../kernel/personal-data';

@Entity('branch')
@HoldsNoCustomerData('shops of the chain')
@NamedInCopies('branch_id', { branchCode: 'code' })
export class Branch {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal('names a shop')
  @Column('text')
  code: string;

  @NamesOthers()
  @NotPersonal('names a shop')
  @Column('text')
  name: string;
}
