import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';

export class CreditInvoiceRequest {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    nullable: true,
    description: 'gross in cents; what is not credited yet, when left out',
  })
  @IsOptional()
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  readonly amount?: number | null;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: 'today, when left out' })
  @IsOptional()
  @IsCalendarDate()
  readonly issuedOn?: string | null;
}
