import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';

export class CreditInvoiceRequest {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    nullable: true,
    description: 'gross in cents; default: the remaining amount',
  })
  @IsOptional()
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  readonly amount?: number | null;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: 'default: today' })
  @IsOptional()
  @IsCalendarDate()
  readonly issuedOn?: string | null;
}
