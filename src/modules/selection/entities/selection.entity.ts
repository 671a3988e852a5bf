import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

@Entity('selection')
@HoldsNoCustomerData('a saved list; selection_member holds its customers')
export class Selection {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal('name of the selection')
  @Column('text')
  name: string;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @NotPersonal()
  @Column('timestamptz')
  createdAt: Date;
}
