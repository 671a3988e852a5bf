import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsCalendarDate } from './is-calendar-date.decorator';

/** When something happened; left out, it is today. */
export class OnDateRequest {
  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: 'default: today' })
  @IsOptional()
  @IsCalendarDate()
  readonly on?: string | null;
}
