import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsCalendarDate } from '../../platform/http/is-calendar-date.decorator';
import { OptionalText } from '../../platform/http/text-field.decorator';

const LONGEST_NOTE = 2_000;

/** The optional columns of customers.csv. */
export abstract class CustomerFieldsRequest {
  @OptionalText() readonly salutation?: string | null;
  @OptionalText() readonly title?: string | null;
  @OptionalText() readonly firstName?: string | null;
  @OptionalText() readonly lastName?: string | null;
  @OptionalText() readonly birthName?: string | null;
  @OptionalText() readonly companyName?: string | null;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true })
  @IsOptional()
  @IsCalendarDate()
  readonly birthDate?: string | null;

  @OptionalText() readonly gender?: string | null;
  @OptionalText() readonly email?: string | null;
  @OptionalText() readonly phone?: string | null;
  @OptionalText() readonly mobile?: string | null;
  @OptionalText(LONGEST_NOTE) readonly note?: string | null;
  @OptionalText() readonly physician?: string | null;
}
