import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { JustificationRequest } from '../anonymize-customer/anonymize-customer.request';

export class AnonymizeSelectionRequest extends JustificationRequest {
  @ApiProperty({ description: "the run's ready count" })
  @IsInt()
  @Min(0)
  readonly confirmation: number;
}
