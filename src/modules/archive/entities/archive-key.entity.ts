import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, Keep, NotPersonal, OfCustomer, OnMerge, Seal } from '../../../kernel/personal-data';
import { RETENTION_PERIOD } from '../../../kernel/retention';

@Entity('archive_key')
@OfCustomer('customer_id')
@EraseRows('deleted with the documents of class NONE', "t.retention_class = 'NONE'")
@OnMerge('MOVED_BY_OWNER')
export class ArchiveKey {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @Keep(RETENTION_PERIOD)
  @Column('text')
  retentionClass: string;

  @Seal(RETENTION_PERIOD)
  @Column('bytea', { nullable: true })
  wrappedKey: Buffer | null;

  @Seal(RETENTION_PERIOD)
  @Column('bytea', { nullable: true })
  sealedKey: Buffer | null;

  @NotPersonal('from a merge: opens only the documents that came with it, never a new one')
  @Column('boolean')
  inherited: boolean;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  envelopeId: string | null;
}
