import { ApiProperty } from '@nestjs/swagger';

const cents = { type: 'integer', format: 'int64', description: 'cents' } as const;

export class RevenueFigures {
  @ApiProperty(cents) readonly net: number;
  @ApiProperty(cents) readonly tax: number;
  @ApiProperty(cents) readonly gross: number;
  @ApiProperty({ type: 'integer', description: 'invoices and credit notes' }) readonly count: number;
}

export class RevenueItem extends RevenueFigures {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'month (YYYY-MM), code of the branch, or IK of the cost bearer; null if there is none',
  })
  readonly key: string | null;
}

export class RevenueReportResponse {
  @ApiProperty({ type: [RevenueItem], description: 'in the order of the keys, null last' })
  readonly items: RevenueItem[];
  @ApiProperty({ type: RevenueFigures }) readonly total: RevenueFigures;
}
