import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsCalendarDate } from './is-calendar-date.decorator';

/** The day of an event; today by default. */
export class OnDateRequest {
  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: 'default: today' })
  @IsOptional()
  @IsCalendarDate()
  readonly on?: string | null;
}
