import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { LetheConfig } from '../../../../platform/config/lethe-config';
import { sendCsv } from '../../../../platform/csv/send-csv';
import { AuditEntryFilterRequest, selectionOf } from '../audit-entry-filter.request';
import type { AuditEntryResponse } from '../audit-entry.response';
import { ExportAuditEntries } from './export-audit-entries.query';

const COLUMNS: readonly (keyof AuditEntryResponse)[] = [
  'id',
  'sequence',
  'occurredAt',
  'actorId',
  'actorRole',
  'action',
  'module',
  'customerId',
  'runId',
  'outcome',
  'details',
];

@ApiTags('audit')
@Controller('audit-entries.csv')
export class ExportAuditEntriesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly config: LetheConfig,
  ) {}

  @Get()
  @Authorize(Role.COMPLIANCE)
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'one line per entry; `details` as JSON' })
  async handle(@Query() request: AuditEntryFilterRequest, @Res() response: Response): Promise<void> {
    const entries = await this.queries.execute(new ExportAuditEntries(selectionOf(request, this.config.timeZone)));
    await sendCsv(response, { name: 'audit-entries.csv', columns: COLUMNS, rows: rowsOf(entries) });
  }
}

async function* rowsOf(entries: AsyncIterable<AuditEntryResponse>) {
  for await (const entry of entries) yield { ...entry, details: JSON.stringify(entry.details) };
}
