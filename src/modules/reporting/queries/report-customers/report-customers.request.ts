import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

export const CUSTOMER_GROUPS = ['branch', 'costBearer'] as const;
export type CustomerGroup = (typeof CUSTOMER_GROUPS)[number];

export class ReportCustomersRequest {
  @ApiProperty({ enum: CUSTOMER_GROUPS })
  @IsIn(CUSTOMER_GROUPS)
  readonly groupBy: CustomerGroup;
}
