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
import { RETENTION_PERIOD } from '../../../kernel/retention';

/** The document type of sealed copies, which the anonymization itself writes. */
export const SEALED_COPY = 'SEALED_COPY';

/**
 * Type of the copies that earlier versions wrote: one per customer, of invoices only. They are kept until their date.
 */
export const FISCAL_COPY = 'FISCAL_COPY';

/** Document types that only the anonymization may use. */
export const RESERVED_TYPES: readonly string[] = [SEALED_COPY, FISCAL_COPY];

/** Replaces the title of a sealed document. */
export const SEALED_TITLE = 'Versiegelt';
export const SEALED_FILE_NAME = 'versiegelt';

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

  @Redact(RETENTION_PERIOD)
  @Column('text')
  type: string;

  @Replace('FREE_TEXT', constant(SEALED_TITLE))
  @Column('text', { nullable: true })
  title: string | null;

  @Replace('FREE_TEXT', constant(SEALED_FILE_NAME))
  @Column('text', { nullable: true })
  fileName: string | null;

  @Keep(RETENTION_PERIOD)
  @Column('text')
  retentionClass: string;

  @Keep(RETENTION_PERIOD)
  @Column('date')
  createdOn: string;

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
