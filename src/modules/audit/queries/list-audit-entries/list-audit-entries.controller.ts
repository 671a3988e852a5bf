import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { LetheConfig } from '../../../../platform/config/lethe-config';
import { selectionOf } from '../audit-entry-filter.request';
import { ListAuditEntries } from './list-audit-entries.query';
import { ListAuditEntriesRequest } from './list-audit-entries.request';
import { ListAuditEntriesResponse } from './list-audit-entries.response';

@ApiTags('audit')
@Controller('audit-entries')
export class ListAuditEntriesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly config: LetheConfig,
  ) {}

  @Get()
  @Authorize(Role.COMPLIANCE)
  @ApiOkResponse({ type: ListAuditEntriesResponse })
  handle(@Query() request: ListAuditEntriesRequest): Promise<ListAuditEntriesResponse> {
    const selection = selectionOf(request, this.config.timeZone);
    return this.queries.execute(new ListAuditEntries(selection, request.limit, request.cursor));
  }
}
