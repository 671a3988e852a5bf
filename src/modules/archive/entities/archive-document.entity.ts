import { Matches } from 'class-validator';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  constant,
  EraseRows,
  Keep,
  NotPersonal,
  OfCustomerExcept,
  OnMerge,
  Redact,
  Replace,
  Seal,
  ShowsContact,
} from '../../../kernel/personal-data';
import { RETENTION_CLASSES, RETENTION_PERIOD, type RetentionClass } from '../../../kernel/retention';
import { DateColumn, ListColumn, NameColumn, TextColumn } from '../../records';

/** The document type of sealed copies, which the anonymization itself writes. */
export const SEALED_COPY = 'SEALED_COPY';

/**
 * Type of the copies that earlier versions wrote: one per customer, of invoices only. They are kept until their date.
 */
const FISCAL_COPY = 'FISCAL_COPY';

/** Document types that only the anonymization writes. */
const RESERVED_TYPES = [SEALED_COPY, FISCAL_COPY];

/** Replaces the title of a sealed document. */
export const SEALED_TITLE = 'Versiegelt';
export const SEALED_FILE_NAME = 'versiegelt';

/** The text becomes a file name in a response header of the download. */
const WITHOUT_CONTROL_CHARACTERS = /^\P{Cc}*$/u;

@Entity('archive_document')
@OfCustomerExcept('customer_id', 't.sealed_content IS NOT NULL')
@EraseRows('no law requires documents of class NONE to be kept', "t.retention_class = 'NONE'")
@ShowsContact('t.created_on >= :day')
@OnMerge('MOVED_BY_OWNER')
export class ArchiveDocument {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NameColumn(Redact(RETENTION_PERIOD), { reserved: RESERVED_TYPES }) type: string;
  @TextColumn(Replace('FREE_TEXT', constant(SEALED_TITLE))) title?: string | null;

  @TextColumn(Replace('FREE_TEXT', constant(SEALED_FILE_NAME)))
  @Matches(WITHOUT_CONTROL_CHARACTERS)
  fileName?: string | null;

  @ListColumn(Keep(RETENTION_PERIOD), 'retentionClass', RETENTION_CLASSES) retentionClass: RetentionClass;
  @DateColumn(Keep(RETENTION_PERIOD), { required: true }) createdOn: string;

  @Keep(RETENTION_PERIOD)
  @Column('date', { nullable: true })
  retentionUntil: string | null;

  @Keep(RETENTION_PERIOD)
  @Column('text', { nullable: true })
  mediaType: string | null;

  @Keep(RETENTION_PERIOD)
  @Column('bigint', { nullable: true })
  size: string | null;

  @Seal(RETENTION_PERIOD)
  @Column('uuid', { nullable: true })
  contentId: string | null;

  @NotPersonal("key from a merge; NULL: the customer's own key of the class")
  @Column('bigint', { nullable: true })
  keyId: string | null;

  @Replace('NOT_PERSONAL', { source: 'INSTANT' }, { evenIfEmpty: true, when: 't.sealed_at IS NULL' })
  @Column('timestamptz', { nullable: true })
  sealedAt: Date | null;

  @Seal(RETENTION_PERIOD)
  @Column('bytea', { nullable: true })
  sealedContent: Buffer | null;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  envelopeId: string | null;
}

/** Columns that Lethe writes itself. */
export const MAINTAINED_COLUMNS = [
  'customerId',
  'retentionUntil',
  'mediaType',
  'size',
  'contentId',
  'keyId',
  'sealedAt',
  'sealedContent',
  'envelopeId',
] as const satisfies readonly (keyof ArchiveDocument)[];
