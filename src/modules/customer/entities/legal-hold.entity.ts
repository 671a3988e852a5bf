import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Keep, NotPersonal, OfCustomer, Redact, ShowsContact } from '../../../kernel/personal-data';

@Entity('legal_hold')
@OfCustomer('customer_id')
@ShowsContact('(t.set_on >= :day OR t.lifted_at >= :instant)')
export class LegalHold {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @Redact('Art. 5(2) GDPR: accountability for holds')
  @Column('text')
  reasonCode: string;

  @Keep('Art. 5(2) GDPR: accountability for holds')
  @Column('date')
  setOn: string;

  @Keep('Art. 5(2) GDPR: accountability for holds')
  @Column('timestamptz')
  setAt: Date;

  @Keep('Art. 5(2) GDPR: accountability for holds')
  @Column('uuid')
  setBy: string;

  @Keep('Art. 5(2) GDPR: accountability for holds')
  @Column('timestamptz', { nullable: true })
  liftedAt: Date | null;

  @Keep('Art. 5(2) GDPR: accountability for holds')
  @Column('uuid', { nullable: true })
  liftedBy: string | null;
}
