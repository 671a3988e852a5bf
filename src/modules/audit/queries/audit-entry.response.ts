import { ApiProperty } from '@nestjs/swagger';
import { MODULE_NAMES, type ModuleName } from '../../../kernel/personal-data';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditAction, type AuditOutcome } from '../audit-action';

export class AuditEntryResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'sequence in the log; null until it is assigned',
  })
  readonly sequence: number | null;

  @ApiProperty({ format: 'date-time' }) readonly occurredAt: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'employee; null if unknown' })
  readonly actorId: string | null;

  @ApiProperty({ type: String, nullable: true }) readonly actorRole: string | null;
  @ApiProperty({ enum: AUDIT_ACTIONS, enumName: 'AuditAction' }) readonly action: AuditAction;
  @ApiProperty({ enum: MODULE_NAMES, enumName: 'ModuleName' }) readonly module: ModuleName;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) readonly customerId: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) readonly runId: string | null;
  @ApiProperty({ enum: AUDIT_OUTCOMES, enumName: 'AuditOutcome' }) readonly outcome: AuditOutcome;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'ids, codes, counts and dates; effects with module and ground, which the data map adds',
  })
  readonly details: Readonly<Record<string, unknown>>;
}
