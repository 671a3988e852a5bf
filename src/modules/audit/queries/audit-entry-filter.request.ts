import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { AUDIT_ACTIONS, type AuditAction } from '../audit-action';
import type { AuditEntrySelection, AuditOrder } from '../audit-entries';
import { instantRange, IsDateOrInstant } from './date-or-instant';

const ORDERS: readonly AuditOrder[] = ['asc', 'desc'];

/** Filter shared by the list and the export of entries. */
export class AuditEntryFilterRequest {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly customerId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly runId?: string;

  @ApiPropertyOptional({ enum: AUDIT_ACTIONS, enumName: 'AuditAction' })
  @IsOptional()
  @IsIn(AUDIT_ACTIONS)
  readonly action?: AuditAction;

  @ApiPropertyOptional({ example: 'finance' })
  @IsOptional()
  @Matches(/^[a-z-]{1,40}$/)
  readonly module?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly actorId?: string;

  @ApiPropertyOptional({ description: "a date (from the beginning of the shop's day) or an instant, inclusive" })
  @IsOptional()
  @IsDateOrInstant()
  readonly from?: string;

  @ApiPropertyOptional({ description: "a date (to the end of the shop's day) or an instant, inclusive" })
  @IsOptional()
  @IsDateOrInstant()
  readonly to?: string;

  @ApiPropertyOptional({ enum: ORDERS, default: 'desc', description: 'asc: oldest first' })
  @IsOptional()
  @IsIn(ORDERS)
  readonly order: AuditOrder = 'desc';
}

export function selectionOf(request: AuditEntryFilterRequest, timeZone: string): AuditEntrySelection {
  const { customerId, runId, action, module, actorId, from, to, order } = request;
  return {
    customerId: customerId?.toLowerCase(),
    runId: runId?.toLowerCase(),
    action,
    module,
    actorId: actorId?.toLowerCase(),
    ...instantRange(from, to, timeZone),
    order,
  };
}
