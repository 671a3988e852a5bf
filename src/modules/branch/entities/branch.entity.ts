import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NamedInCopies, NamesOthers, NotPersonal } from '../../../kernel/personal-data';
import { NameColumn } from '../../records';

@Entity('branch')
@HoldsNoCustomerData('branches of the chain')
@NamedInCopies('branch_id', { branchCode: 'code' })
export class Branch {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NameColumn(NotPersonal('identifies a branch'), { isKey: true }) code: string;
  @NamesOthers() @NameColumn(NotPersonal('identifies a branch')) name: string;
}
