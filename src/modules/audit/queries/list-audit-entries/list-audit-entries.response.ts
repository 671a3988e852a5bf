import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../../../platform/http/page';
import { AuditEntryResponse } from '../audit-entry.response';

export class ListAuditEntriesResponse implements Page<AuditEntryResponse> {
  @ApiProperty({ type: [AuditEntryResponse] }) readonly items: AuditEntryResponse[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}
