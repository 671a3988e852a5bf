import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

@Entity('relationship')
@OfCustomer('customer_id', 'related_customer_id')
@EraseRows('A3: in both directions')
export class Relationship {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NotPersonal()
  @Column('uuid')
  relatedCustomerId: string;

  @GoesWithRow('IDENTITY', 'NOBODY')
  @Column('text')
  kind: string;
}
