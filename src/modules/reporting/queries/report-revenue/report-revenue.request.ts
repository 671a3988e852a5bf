import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';

export const REVENUE_GROUPS = ['month', 'branch', 'costBearer'] as const;
export type RevenueGroup = (typeof REVENUE_GROUPS)[number];

export class ReportRevenueRequest {
  @ApiProperty({ enum: REVENUE_GROUPS })
  @IsIn(REVENUE_GROUPS)
  readonly groupBy: RevenueGroup;

  @ApiPropertyOptional({ format: 'date', description: 'inclusive' })
  @IsOptional()
  @IsCalendarDate()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'inclusive' })
  @IsOptional()
  @IsCalendarDate()
  readonly to?: string;
}
