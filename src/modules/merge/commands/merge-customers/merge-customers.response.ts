import { ApiProperty } from '@nestjs/swagger';

export class MergeCustomersResponse {
  @ApiProperty({ format: 'uuid', description: 'closed now' }) readonly customerId: string;
  @ApiProperty({ format: 'uuid' }) readonly intoCustomerId: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'rows per table' })
  readonly moved: Readonly<Record<string, number>>;
}
