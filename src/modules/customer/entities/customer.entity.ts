import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import {
  constant,
  Erase,
  Keep,
  KeepNumber,
  LABEL,
  NotPersonal,
  OfCustomer,
  Replace,
} from '../../../kernel/personal-data';

export const CUSTOMER_STATUSES = ['ACTIVE', 'DECEASED', 'DELETED'] as const;
export type CustomerStatus = (typeof CUSTOMER_STATUSES)[number];

@Entity('customer')
@OfCustomer('id')
export class Customer {
  @NotPersonal()
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @KeepNumber('printed on vouchers, tells stubs apart; not traceable once the last voucher is purged')
  @Column('text')
  customerNumber: string;

  @Keep('statistics per branch')
  @Column('bigint')
  branchId: string;

  @Replace('RECORD', constant('DELETED'))
  @Column('text')
  status: CustomerStatus;

  @Erase('IDENTITY', 'NOBODY')
  @Column('text', { nullable: true })
  salutation: string | null;

  @Erase('IDENTITY', 'NOBODY')
  @Column('text', { nullable: true })
  title: string | null;

  @Erase('IDENTITY', 'FIRST_NAME')
  @Column('text', { nullable: true })
  firstName: string | null;

  @Replace('IDENTITY', LABEL, { identifies: 'LAST_NAME', evenIfEmpty: true })
  @Column('text', { nullable: true })
  lastName: string | null;

  @Erase('IDENTITY', 'BIRTH_NAME')
  @Column('text', { nullable: true })
  birthName: string | null;

  @Erase('IDENTITY', 'COMPANY_NAME')
  @Column('text', { nullable: true })
  companyName: string | null;

  @Erase('IDENTITY', 'BIRTH_DATE')
  @Column('date', { nullable: true })
  birthDate: string | null;

  @Erase('IDENTITY', 'NOBODY')
  @Column('text', { nullable: true })
  gender: string | null;

  @Erase('CONTACT', 'EMAIL')
  @Column('text', { nullable: true })
  email: string | null;

  @Erase('CONTACT', 'PHONE')
  @Column('text', { nullable: true })
  phone: string | null;

  @Erase('CONTACT', 'PHONE')
  @Column('text', { nullable: true })
  mobile: string | null;

  @Erase('FREE_TEXT')
  @Column('text', { nullable: true })
  note: string | null;

  @Erase('HEALTH')
  @Column('text', { nullable: true })
  physician: string | null;

  @NotPersonal('rises with every change, for If-Match')
  @VersionColumn()
  version: number;

  @Keep('statistics')
  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @NotPersonal()
  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;

  /** Day of the latest record, kept by the database; NULL until the first record after the migration that added it. */
  @Keep('statistics')
  @Column('date', { nullable: true })
  lastContactOn: string | null;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  mergedIntoId: string | null;

  @Replace('NOT_PERSONAL', { source: 'INSTANT' }, { evenIfEmpty: true })
  @Column('timestamptz', { nullable: true })
  anonymizedAt: Date | null;

  @Replace('NOT_PERSONAL', { source: 'ACTOR' }, { evenIfEmpty: true })
  @Column('uuid', { nullable: true })
  anonymizedBy: string | null;

  @Replace('NOT_PERSONAL', { source: 'RUN' }, { evenIfEmpty: true })
  @Column('uuid', { nullable: true })
  anonymizationRunId: string | null;
}
