import { ApiProperty } from '@nestjs/swagger';
import { EffectResponse, type Reason, REASONS } from '../anonymization';

export class ReceiptEntryResponse {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'sequence in the log' }) readonly sequence: number;
  @ApiProperty({ description: 'canonical JSON (RFC 8785), exactly the hashed bytes' }) readonly canonical: string;
}

export class InclusionProofResponse {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'sequence of the entry in the log' })
  readonly sequence: number;
  @ApiProperty({
    type: [String],
    description: 'base64: the sibling hashes on the path from leaf to root (RFC 6962)',
  })
  readonly hashes: readonly string[];
}

export class AnonymizationReceiptResponse {
  @ApiProperty({ enum: [1] }) readonly version: 1;
  @ApiProperty({ format: 'uuid' }) readonly customerId: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty({ format: 'date-time' }) readonly anonymizedAt: string;
  @ApiProperty({ format: 'uuid' }) readonly runId: string;
  @ApiProperty({ enum: REASONS }) readonly reason: Reason;
  @ApiProperty({ type: String, nullable: true }) readonly reference: string | null;
  @ApiProperty({ type: [EffectResponse], description: 'effects in the entries of the anonymization, in order' })
  readonly effects: readonly EffectResponse[];
  @ApiProperty({
    type: [ReceiptEntryResponse],
    description: 'of the anonymization and of the data maps that they name',
  })
  readonly entries: readonly ReceiptEntryResponse[];
  @ApiProperty({ type: [InclusionProofResponse] }) readonly inclusionProofs: readonly InclusionProofResponse[];
  @ApiProperty({ description: 'signed note (https://c2sp.org/tlog-checkpoint) that the proofs lead to' })
  readonly checkpoint: string;
  @ApiProperty({
    type: [String],
    description: 'public keys of the log, for information; verify with a key that was kept elsewhere',
  })
  readonly verifierKeys: readonly string[];
}
