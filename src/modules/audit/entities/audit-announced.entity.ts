import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

/** Entries of the ledger that a replay is about to bring back; the sequencer's role alone announces them. */
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
