import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';
import { LOAN_RESOLUTIONS, type LoanResolution } from '../../entities/device-loan.entity';

export class ResolveDeviceLoanRequest {
  @ApiProperty({ enum: LOAN_RESOLUTIONS })
  @IsIn(LOAN_RESOLUTIONS)
  readonly resolution: LoanResolution;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: 'default: today' })
  @IsOptional()
  @IsCalendarDate()
  readonly resolvedOn?: string | null;
}
