import { ApiProperty } from '@nestjs/swagger';

export class LegalHoldResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly reasonCode: string;
  @ApiProperty({ format: 'date' }) readonly setOn: string;
}
