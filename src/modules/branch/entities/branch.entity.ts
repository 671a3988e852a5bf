import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NamesOthers, NotPersonal } from '../../../kernel/personal-data';

@Entity('branch')
@HoldsNoCustomerData('shops of the chain')
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
