import { ApiProperty } from '@nestjs/swagger';

export class CustomerCountItem {
  @ApiProperty({ description: 'code of the branch, or IK of the cost bearer' }) readonly key: string;
  @ApiProperty({ type: 'integer' }) readonly count: number;
}

export class CustomerReportResponse {
  @ApiProperty({ type: [CustomerCountItem], description: 'in the order of the keys' })
  readonly items: CustomerCountItem[];

  @ApiProperty({ type: 'integer', description: 'customers in the items; who is in two of them counts once' })
  readonly total: number;
}
