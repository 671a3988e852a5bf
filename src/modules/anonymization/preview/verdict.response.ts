import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  BLOCKER_CODES,
  type BlockerCode,
  BLOCKING_RECORD_TYPES,
  type BlockingRecordType,
  WARNING_CODES,
  type WarningCode,
} from '../../../kernel/blocker';

export class BlockerResponse {
  @ApiProperty({ minimum: 0, maximum: 6 }) readonly rule: number;
  @ApiProperty({ enum: BLOCKER_CODES }) readonly code: BlockerCode;
  @ApiProperty() readonly module: string;
  @ApiProperty({ enum: BLOCKING_RECORD_TYPES }) readonly recordType: BlockingRecordType;
  @ApiProperty() readonly recordId: string;
  @ApiProperty({ type: String, nullable: true }) readonly recordNumber: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) readonly date: string | null;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'first day on which it no longer blocks by itself',
  })
  readonly clearsOn: string | null;
}

export class WarnedRecordResponse {
  @ApiProperty() readonly recordType: string;
  @ApiProperty() readonly recordId: string;
}

export class WarningResponse {
  @ApiProperty({ enum: WARNING_CODES }) readonly code: WarningCode;
  @ApiProperty() readonly module: string;
  @ApiProperty() readonly count: number;
  @ApiPropertyOptional({ format: 'date' }) readonly until?: string;
  @ApiPropertyOptional({
    type: [WarnedRecordResponse],
    description: 'ids of the records, without their numbers or names',
  })
  readonly records?: readonly WarnedRecordResponse[];
}

export class EffectResponse {
  @ApiProperty() readonly module: string;
  @ApiProperty() readonly table: string;
  @ApiProperty({ enum: ['ERASE_ROWS', 'ERASE', 'REPLACE', 'REDACT', 'SEAL', 'KEEP'] }) readonly treatment: string;
  @ApiProperty() readonly rows: number;
  @ApiPropertyOptional({ description: 'why rows are kept' }) readonly reason?: string;
}

export class VerdictResponse {
  @ApiProperty({ format: 'uuid' }) readonly customerId: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty({ enum: ['READY', 'BLOCKED', 'ALREADY_ANONYMIZED'] }) readonly verdict: string;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'null if it does not clear by itself' })
  readonly earliestPossibleOn: string | null;
  @ApiProperty({ type: [BlockerResponse] }) readonly blockers: readonly BlockerResponse[];
  @ApiProperty({ type: [WarningResponse] }) readonly warnings: readonly WarningResponse[];
  @ApiProperty({ type: [EffectResponse] }) readonly effects: readonly EffectResponse[];
}
