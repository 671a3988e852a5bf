import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

/** Customers whose erasure entries of the transaction in progress claim; empty between transactions. */
@Entity({ schema: 'audit', name: 'claim' })
@AboutCustomer('ids of customers, until the transaction that wrote them commits')
export class AuditClaim {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('text')
  action: string;

  @NotPersonal()
  @Column('uuid', { array: true })
  customerIds: string[];
}
