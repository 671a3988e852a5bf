import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

export class MergeCustomersRequest {
  @ApiProperty({ format: 'uuid', description: 'the remaining customer' })
  @IsUUID('all')
  readonly intoCustomerId: string;
}
