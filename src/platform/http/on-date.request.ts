import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfGiven } from './if-given.decorator';
import { IsCalendarDate } from './is-calendar-date.decorator';

/** When something happened; left out, it is today. */
export class OnDateRequest {
  @ApiPropertyOptional({ type: String, format: 'date', description: 'today, when left out' })
  @IfGiven()
  @IsCalendarDate()
  readonly on?: string;
}
