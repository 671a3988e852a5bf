import { ApiProperty } from '@nestjs/swagger';
import { EffectResponse, REASONS } from '../anonymization';

export class ReceiptEntryResponse {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'place in the log' }) readonly sequence: number;
  @ApiProperty({ description: 'canonical JSON (RFC 8785), exactly as it is hashed' }) readonly canonical: string;
}

export class InclusionProofResponse {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'place of the entry in the log' }) readonly sequence: number;
  @ApiProperty({
    type: [String],
    description: "base64: the hashes beside the leaf's way to the root, from the leaf upwards (RFC 6962)",
  })
  readonly hashes: readonly string[];
}

export class AnonymizationReceiptResponse {
  @ApiProperty({ enum: [1] }) readonly version: 1;
  @ApiProperty({ format: 'uuid' }) readonly customerId: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty({ format: 'date-time' }) readonly anonymizedAt: string;
  @ApiProperty({ format: 'uuid' }) readonly runId: string;
  @ApiProperty({ enum: REASONS }) readonly reason: string;
  @ApiProperty({ type: String, nullable: true }) readonly reference: string | null;
  @ApiProperty({ type: [EffectResponse], description: 'what the entries of the act tell, in their order' })
  readonly effects: readonly EffectResponse[];
  @ApiProperty({ type: [ReceiptEntryResponse] }) readonly entries: readonly ReceiptEntryResponse[];
  @ApiProperty({ type: [InclusionProofResponse] }) readonly inclusionProofs: readonly InclusionProofResponse[];
  @ApiProperty({ description: 'signed note (https://c2sp.org/tlog-checkpoint) that the proofs lead to' })
  readonly checkpoint: string;
  @ApiProperty({
    type: [String],
    description: 'public keys of the log, for information: check with one that was kept elsewhere',
  })
  readonly verifierKeys: readonly string[];
}
