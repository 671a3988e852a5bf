import { ApiProperty } from '@nestjs/swagger';

export class CountItem {
  @ApiProperty({ description: 'code of the branch, IK of the cost bearer, status or owner' }) readonly key: string;
  @ApiProperty({ type: 'integer' }) readonly count: number;
}

export class CountReportResponse {
  @ApiProperty({ type: [CountItem], description: 'in the order of the keys' })
  readonly items: CountItem[];

  @ApiProperty({ type: 'integer', description: 'a record in two items counts once' })
  readonly total: number;
}
