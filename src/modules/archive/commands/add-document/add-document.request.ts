import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches, ValidateBy } from 'class-validator';
import { RETENTION_CLASSES, type RetentionClass } from '../../../../kernel/retention';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';
import { NameText, OptionalText } from '../../../../platform/http/text-field.decorator';
import { RESERVED_TYPES } from '../../entities/archive-document.entity';

/** The text becomes a file name in a response header of the download. */
const WITHOUT_CONTROL_CHARACTERS = /^\P{Cc}*$/u;

/** Reserves the types of sealed copies for the anonymization. */
const IsNoSealedCopy = () =>
  ValidateBy({
    name: 'notAllowed',
    validator: { validate: (value: unknown) => !RESERVED_TYPES.includes(value as string) },
  });

/** The columns of archive_documents.csv. */
export class AddDocumentRequest {
  @NameText()
  @IsNoSealedCopy()
  readonly type: string;

  @OptionalText() readonly title?: string | null;

  @OptionalText()
  @Matches(WITHOUT_CONTROL_CHARACTERS)
  readonly fileName?: string | null;

  @ApiProperty({ enum: RETENTION_CLASSES })
  @IsIn(RETENTION_CLASSES)
  readonly retentionClass: RetentionClass;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'default: today' })
  @IfGiven()
  @IsCalendarDate()
  readonly createdOn?: string;
}
