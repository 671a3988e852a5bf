import { IntersectionType } from '@nestjs/swagger';
import { PageRequest } from '../../../../platform/http/page';
import { AuditEntryFilterRequest } from '../audit-entry-filter.request';

export class ListAuditEntriesRequest extends IntersectionType(AuditEntryFilterRequest, PageRequest) {}
