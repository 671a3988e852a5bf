import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';
import type { ConflictCode, ConflictResolution, DismissalReason } from '../ledger/erasure-conflicts';

@Entity('erasure_conflict')
@AboutCustomer('operational data with customer ids only')
export class ErasureConflict {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  entryId: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NotPersonal()
  @Column('text')
  code: ConflictCode;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  otherCustomerId: string | null;

  @NotPersonal()
  @Column('text', { nullable: true })
  failureCode: string | null;

  @NotPersonal()
  @Column('timestamptz')
  foundAt: Date;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  reportedAt: Date | null;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  resolvedAt: Date | null;

  @NotPersonal()
  @Column('text', { nullable: true })
  resolution: ConflictResolution | null;

  @NotPersonal()
  @Column('text', { nullable: true })
  reasonCode: DismissalReason | null;
}
