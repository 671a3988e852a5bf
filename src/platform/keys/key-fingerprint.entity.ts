import { Column, Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../kernel/personal-data';

@Entity('key_fingerprint')
@HoldsNoCustomerData('fingerprints of the keys that the database depends on')
export class KeyFingerprint {
  @NotPersonal()
  @PrimaryColumn('text')
  name: string;

  @NotPersonal()
  @Column('text')
  fingerprint: string;

  @NotPersonal()
  @Column('timestamptz')
  recordedAt: Date;
}
