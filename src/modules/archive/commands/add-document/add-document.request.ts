import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches, ValidateBy } from 'class-validator';
import { RETENTION_CLASSES, type RetentionClass } from '../../../../kernel/retention';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';
import { NameText, OptionalText } from '../../../../platform/http/text-field.decorator';
import { FISCAL_COPY } from '../../entities/archive-document.entity';

/** It becomes a name in a header of the answer that hands the file out. */
const WITHOUT_CONTROL_CHARACTERS = /^\P{Cc}*$/u;

/** Fiscal copies are written by the anonymization alone. */
const IsNoFiscalCopy = () =>
  ValidateBy({ name: 'notAllowed', validator: { validate: (value: unknown) => value !== FISCAL_COPY } });

/** The columns of archive_documents.csv. */
export class AddDocumentRequest {
  @NameText()
  @IsNoFiscalCopy()
  readonly type: string;

  @OptionalText() readonly title?: string | null;

  @OptionalText()
  @Matches(WITHOUT_CONTROL_CHARACTERS)
  readonly fileName?: string | null;

  @ApiProperty({ enum: RETENTION_CLASSES })
  @IsIn(RETENTION_CLASSES)
  readonly retentionClass: RetentionClass;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'today, when left out' })
  @IfGiven()
  @IsCalendarDate()
  readonly createdOn?: string;
}
