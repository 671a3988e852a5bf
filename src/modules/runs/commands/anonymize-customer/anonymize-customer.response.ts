import { ApiProperty } from '@nestjs/swagger';
import { EffectResponse } from '../../../anonymization';

export class AnonymizeCustomerResponse {
  @ApiProperty({ enum: ['ANONYMIZED', 'ALREADY_ANONYMIZED'] }) readonly outcome: string;
  @ApiProperty({ format: 'date-time' }) readonly anonymizedAt: string;
  @ApiProperty({ format: 'uuid' }) readonly runId: string;
  @ApiProperty({ type: [EffectResponse] }) readonly effects: readonly EffectResponse[];
}
