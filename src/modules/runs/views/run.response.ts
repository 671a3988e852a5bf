import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FAILURE_CODES, type FailureCode } from '../../../kernel/failure-code';
import { CustomerSummary } from '../../customer';
import { BlockerResponse, EffectResponse, type Reason, REASONS, WarningResponse } from '../../anonymization';
import { ITEM_STATES, type ItemState, RUN_KINDS, RUN_STATES, type RunKind, type RunState } from '../state/run-state';

export class RunHandle {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty({ enum: RUN_STATES }) readonly state: RunState;
}

/** The run's customers by the current state of their items. */
export class RunCounts {
  @ApiProperty() readonly total: number;
  @ApiProperty() readonly ready: number;
  @ApiProperty() readonly blocked: number;
  @ApiProperty() readonly alreadyAnonymized: number;
  @ApiProperty() readonly anonymized: number;
  @ApiProperty() readonly failed: number;
  @ApiProperty() readonly cancelled: number;
}

export class RunResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty({ enum: RUN_KINDS }) readonly kind: RunKind;
  @ApiProperty({ enum: RUN_STATES }) readonly state: RunState;
  @ApiProperty({ enum: REASONS, nullable: true }) readonly reason: Reason | null;
  @ApiProperty({ type: String, nullable: true }) readonly reference: string | null;
  @ApiProperty({ format: 'uuid' }) readonly createdBy: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) readonly startedBy: string | null;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly startedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly finishedAt: string | null;
  @ApiProperty({ type: RunCounts }) readonly counts: RunCounts;
  @ApiProperty({ type: [WarningResponse], description: 'about the run as a whole, as of its preview' })
  readonly warnings: readonly WarningResponse[];
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'anonymized and failed customers per second of work; pauses do not count',
  })
  readonly customersPerSecond: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'while RUNNING' }) readonly estimatedSecondsLeft:
    number | null;
}

export class RunPageResponse {
  @ApiProperty({ type: [RunResponse] }) readonly items: RunResponse[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}

/** The record to be corrected before the anonymization can succeed; never a value. */
export class FailurePlaceResponse {
  @ApiProperty() readonly table: string;
  @ApiProperty({ type: String, nullable: true }) readonly column: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly recordId: string | null;
}

/** One customer of a run. An administrator also sees the customer's name and address, until they are erased. */
export class RunItemResponse implements Partial<Omit<CustomerSummary, 'id'>> {
  @ApiProperty({ format: 'uuid' }) readonly customerId: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty({ enum: ITEM_STATES }) readonly state: ItemState;
  @ApiProperty({ type: [BlockerResponse] }) readonly blockers: readonly BlockerResponse[];
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'when the last blocker clears by itself; null if one does not clear by itself, or nothing blocks',
  })
  readonly earliestPossibleOn: string | null;
  @ApiProperty({ type: [WarningResponse] }) readonly warnings: readonly WarningResponse[];
  @ApiProperty({ type: [EffectResponse] }) readonly effects: readonly EffectResponse[];
  @ApiProperty({ enum: FAILURE_CODES, nullable: true }) readonly failureCode: FailureCode | null;
  @ApiProperty({ type: FailurePlaceResponse, nullable: true, description: 'where the failure was detected' })
  readonly failure: FailurePlaceResponse | null;
  @ApiPropertyOptional({ type: String, nullable: true }) readonly lastName?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true }) readonly firstName?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true }) readonly postalCode?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true }) readonly city?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true }) readonly street?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true }) readonly phone?: string | null;
  @ApiPropertyOptional({ type: String, format: 'date', nullable: true }) readonly birthDate?: string | null;
}

export class RunItemPageResponse {
  @ApiProperty({ type: [RunItemResponse] }) readonly items: RunItemResponse[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}
