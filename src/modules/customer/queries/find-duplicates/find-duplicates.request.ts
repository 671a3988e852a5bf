import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';
import { OptionalText } from '../../../../platform/http/text-field.decorator';

/** The person at the counter. `lastName` or `companyName` is required. */
export class FindDuplicatesRequest {
  @OptionalText() readonly firstName?: string | null;
  @OptionalText() readonly lastName?: string | null;
  @OptionalText() readonly companyName?: string | null;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true })
  @IsOptional()
  @IsCalendarDate()
  readonly birthDate?: string | null;
}
