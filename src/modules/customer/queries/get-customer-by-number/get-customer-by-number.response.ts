import { ApiProperty } from '@nestjs/swagger';

export class CustomerReferenceResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly anonymizedAt: string | null;
  @ApiProperty({ description: 'whether a legal hold is in force' }) readonly legalHold: boolean;
}
