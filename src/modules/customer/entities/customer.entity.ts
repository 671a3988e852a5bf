import { Column, Entity, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import {
  constant,
  Erase,
  Keep,
  KeepNumber,
  LABEL,
  NotPersonal,
  OfCustomer,
  OnMerge,
  Replace,
} from '../../../kernel/personal-data';
import { NameText } from '../../../platform/http/text-field.decorator';
import {
  BRANCH,
  DateColumn,
  EMPTY,
  ListColumn,
  NameColumn,
  NoteColumn,
  ReferenceColumn,
  RequiredWhen,
  TextColumn,
} from '../../records';

export const CUSTOMER_STATUSES = ['ACTIVE', 'DECEASED', 'DELETED'] as const;
export type CustomerStatus = (typeof CUSTOMER_STATUSES)[number];

/** A person or a company. */
@Entity('customer')
@OfCustomer('id')
@OnMerge('STAY')
@RequiredWhen('lastName', { companyName: EMPTY })
export class Customer {
  @NotPersonal()
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @NameColumn(KeepNumber('printed on vouchers, tells stubs apart; not traceable once the last voucher is purged'), {
    isKey: true,
  })
  customerNumber: string;

  @ReferenceColumn(Keep('statistics per branch'), BRANCH, { required: true }) @NameText() branchCode: string;

  @ListColumn(Replace('RECORD', constant('DELETED')), 'customerStatus', CUSTOMER_STATUSES) status: CustomerStatus;
  @TextColumn(Erase('IDENTITY', 'NOBODY')) salutation?: string | null;
  @TextColumn(Erase('IDENTITY', 'NOBODY')) title?: string | null;
  @TextColumn(Erase('IDENTITY', 'FIRST_NAME')) firstName?: string | null;

  @TextColumn(Replace('IDENTITY', LABEL, { identifies: 'LAST_NAME', evenIfEmpty: true }))
  lastName?: string | null;

  @TextColumn(Erase('IDENTITY', 'BIRTH_NAME')) birthName?: string | null;
  @TextColumn(Erase('IDENTITY', 'COMPANY_NAME')) companyName?: string | null;
  @DateColumn(Erase('IDENTITY', 'BIRTH_DATE')) birthDate?: string | null;
  @TextColumn(Erase('IDENTITY', 'NOBODY')) gender?: string | null;
  @TextColumn(Erase('CONTACT', 'EMAIL')) email?: string | null;
  @TextColumn(Erase('CONTACT', 'PHONE')) phone?: string | null;
  @TextColumn(Erase('CONTACT', 'PHONE')) mobile?: string | null;
  @NoteColumn(Erase('FREE_TEXT')) note?: string | null;
  @TextColumn(Erase('HEALTH')) physician?: string | null;

  @NotPersonal('increases with every change, for If-Match')
  @VersionColumn()
  version: number;

  @Keep('statistics')
  @Column('timestamptz')
  createdAt: Date;

  @NotPersonal()
  @Column('timestamptz')
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

/** Columns that Lethe writes itself; users do not edit them. */
export const MAINTAINED_COLUMNS = [
  'version',
  'createdAt',
  'updatedAt',
  'lastContactOn',
  'mergedIntoId',
  'anonymizedAt',
  'anonymizedBy',
  'anonymizationRunId',
] as const satisfies readonly (keyof Customer)[];
