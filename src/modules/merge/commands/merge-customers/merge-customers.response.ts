import { ApiProperty } from '@nestjs/swagger';
import type { RowCounts } from '../../record-moves';

export class RowsOfMergeResponse {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'rows per table' })
  readonly moved: RowCounts;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description:
      'rows per table that do not move: memberships of selections, relationships that the target already has',
  })
  readonly dropped: RowCounts;
}

export class MergeCustomersResponse extends RowsOfMergeResponse {
  @ApiProperty({ format: 'uuid', description: 'closed now' }) readonly customerId: string;
  @ApiProperty({ format: 'uuid' }) readonly intoCustomerId: string;
}
