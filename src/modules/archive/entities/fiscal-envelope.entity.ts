import { Column, Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

@Entity('fiscal_envelope')
@HoldsNoCustomerData('keys sealed to the offline identity; archive_document and archive_key hold the customer')
export class FiscalEnvelope {
  @NotPersonal()
  @PrimaryColumn('uuid')
  id: string;

  @NotPersonal('public key')
  @Column('text')
  recipient: string;

  @NotPersonal('a random key, encrypted')
  @Column('text')
  sealedKey: string;

  @NotPersonal('last retention day of the copies that it opens; NULL: sealed before each day had its own envelope')
  @Column('date', { nullable: true })
  retentionUntil: string | null;

  @NotPersonal()
  @Column('timestamptz')
  createdAt: Date;
}
