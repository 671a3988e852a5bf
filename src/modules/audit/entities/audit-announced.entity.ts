import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

/** Entries of the ledger that a replay is about to restore. Only the sequencer's role announces them. */
@Entity({ schema: 'audit', name: 'announced' })
@AboutCustomer('ids and hashes of entries')
export class AuditAnnounced {
  @NotPersonal()
  @PrimaryColumn('uuid')
  entryId: string;

  @NotPersonal()
  @Column('bytea')
  leaf: Buffer;
}
