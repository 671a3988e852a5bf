import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';
import { PageRequest } from '../../../../platform/http/page';

export class ListBlockedCustomersRequest extends PageRequest {
  @ApiPropertyOptional({
    format: 'date',
    description: 'earliestPossibleOn, inclusive; excludes customers without a day',
  })
  @IsOptional()
  @IsCalendarDate()
  readonly from?: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'earliestPossibleOn, inclusive; excludes customers without a day',
  })
  @IsOptional()
  @IsCalendarDate()
  readonly to?: string;
}
