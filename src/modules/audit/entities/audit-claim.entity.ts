import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

/** Customers whose erasure the entries of the transaction in progress claim; empty between transactions. */
@Entity({ schema: 'audit', name: 'claim' })
@AboutCustomer('ids of customers, until the transaction that wrote them commits')
export class AuditClaim {
  @NotPersonal('the transaction')
  @PrimaryColumn('bigint')
  claimedIn: string;

  @NotPersonal()
  @PrimaryColumn('uuid')
  id: string;

  @NotPersonal()
  @Column('text')
  action: string;

  @NotPersonal()
  @Column('text')
  module: string;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  runId: string | null;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  actorId: string | null;

  @NotPersonal()
  @Column('uuid', { array: true })
  customerIds: string[];
}
