import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

export class MergeCustomersRequest {
  @ApiProperty({ format: 'uuid', description: 'the customer that stays' })
  @IsUUID('all')
  readonly intoCustomerId: string;
}
