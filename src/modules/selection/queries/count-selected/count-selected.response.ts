import { ApiProperty } from '@nestjs/swagger';

export class CountSelectedResponse {
  @ApiProperty({ type: 'integer' }) readonly count: number;
}
