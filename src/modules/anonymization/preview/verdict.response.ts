import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  BLOCKER_CODES,
  type BlockerCode,
  BLOCKING_RECORD_TYPES,
  type BlockingRecordType,
  WARNED_RECORD_TYPES,
  type WarnedRecordType,
  WARNING_CODES,
  type WarningCode,
} from '../../../kernel/blocker';
import { MODULE_NAMES, type ModuleName, type Treatment, TREATMENTS } from '../../../kernel/personal-data';

export const VERDICTS = ['READY', 'BLOCKED', 'ALREADY_ANONYMIZED'] as const;
export type Verdict = (typeof VERDICTS)[number];

export class BlockerResponse {
  @ApiProperty({ minimum: 0, maximum: 6 }) readonly rule: number;
  @ApiProperty({ enum: BLOCKER_CODES }) readonly code: BlockerCode;
  @ApiProperty({ enum: MODULE_NAMES, enumName: 'ModuleName' }) readonly module: ModuleName;
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
  @ApiProperty({ enum: WARNED_RECORD_TYPES }) readonly recordType: WarnedRecordType;
  @ApiProperty() readonly recordId: string;
}

export class WarningResponse {
  @ApiProperty({ enum: WARNING_CODES }) readonly code: WarningCode;
  @ApiProperty({ enum: MODULE_NAMES, enumName: 'ModuleName' }) readonly module: ModuleName;
  @ApiProperty() readonly count: number;
  @ApiPropertyOptional({ format: 'date' }) readonly until?: string;
  @ApiPropertyOptional({
    type: [WarnedRecordResponse],
    description: 'ids of the records, without their numbers or names',
  })
  readonly records?: readonly WarnedRecordResponse[];
}

export class EffectResponse {
  @ApiProperty({ enum: MODULE_NAMES, enumName: 'ModuleName' }) readonly module: ModuleName;
  @ApiProperty() readonly table: string;
  @ApiProperty({ enum: TREATMENTS }) readonly treatment: Treatment;
  @ApiProperty() readonly rows: number;
  @ApiPropertyOptional({ description: 'why rows are kept' }) readonly reason?: string;
}

export class VerdictResponse {
  @ApiProperty({ format: 'uuid' }) readonly customerId: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty({ enum: VERDICTS }) readonly verdict: Verdict;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'null if it does not clear by itself' })
  readonly earliestPossibleOn: string | null;
  @ApiProperty({ type: [BlockerResponse] }) readonly blockers: readonly BlockerResponse[];
  @ApiProperty({ type: [WarningResponse] }) readonly warnings: readonly WarningResponse[];
  @ApiProperty({ type: [EffectResponse] }) readonly effects: readonly EffectResponse[];
}
