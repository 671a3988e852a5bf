import { ApiProperty } from '@nestjs/swagger';

export class LivenessResponse {
  @ApiProperty({ enum: ['ok'] }) readonly status: 'ok';
}

export class ReadinessResponse {
  @ApiProperty({ enum: ['ok', 'unavailable'] }) readonly status: 'ok' | 'unavailable';

  @ApiProperty({ type: [String], example: ['FISCAL_SEAL_LOCAL'], description: 'to put right while the product serves' })
  readonly warnings: readonly string[];

  @ApiProperty({ type: [String], example: ['DATABASE_UNREACHABLE'], description: 'why the product does not serve' })
  readonly faults: readonly string[];
}
