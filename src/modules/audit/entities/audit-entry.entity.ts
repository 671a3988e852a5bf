import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity({ schema: 'audit', name: 'entry' })
@AboutCustomer('audit log: ids, codes, counts and dates, and the label, which a replay needs')
export class AuditEntry {
  @NotPersonal()
  @PrimaryColumn('uuid')
  id: string;

  @NotPersonal()
  @Column('text')
  canonical: string;

  @NotPersonal()
  @Column({ type: 'jsonb', insert: false, update: false })
  content: unknown;
}
