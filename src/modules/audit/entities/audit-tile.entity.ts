import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity({ schema: 'audit', name: 'tile' })
@AboutCustomer('hashes of entries')
export class AuditTile {
  @NotPersonal()
  @PrimaryColumn('smallint')
  level: number;

  @NotPersonal()
  @PrimaryColumn('bigint')
  place: string;

  @NotPersonal()
  @Column('bytea')
  hashes: Buffer;
}
