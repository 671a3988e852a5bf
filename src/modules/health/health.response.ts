import { ApiProperty } from '@nestjs/swagger';

export class LivenessResponse {
  @ApiProperty({ enum: ['ok'] }) readonly status: 'ok';
}

export class ReadinessResponse {
  @ApiProperty({ enum: ['ok', 'unavailable'] }) readonly status: 'ok' | 'unavailable';

  @ApiProperty({
    type: [String],
    example: ['FISCAL_SEAL_LOCAL'],
    description: 'problems to fix while the product serves',
  })
  readonly warnings: readonly string[];

  @ApiProperty({
    type: [String],
    example: ['DATABASE_UNREACHABLE'],
    description: 'faults that keep the product from serving',
  })
  readonly faults: readonly string[];
}
