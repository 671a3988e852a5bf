import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { sendCsv } from '../../../../platform/csv/send-csv';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import type { RunItem } from '../../views/run-items';
import { ExportRunReport } from './export-run-report.query';
import { REPORT_COLUMNS, reportLine } from './report-line';

@ApiTags('anonymization runs')
@Controller('anonymization-runs')
export class ExportRunReportController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/report.csv')
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOperation({ summary: 'One line per customer: the verdicts before the run, the closing report at its end' })
  @ApiProduces('text/csv')
  @ApiOkResponse({
    schema: { type: 'string' },
    description: 'numbers, codes and dates only; each blocker with its code, record, and the day on which it clears',
  })
  @ApiResponse(apiProblem(409, 'RUN_STATE_CONFLICT while the customers are being checked'))
  async export(
    @Param('id', new UuidParam('ANONYMIZATION_RUN_NOT_FOUND')) id: string,
    @Res() response: Response,
  ): Promise<void> {
    const items = await this.queries.execute(new ExportRunReport(id));
    await sendCsv(response, { name: `run-${id}.csv`, columns: REPORT_COLUMNS, rows: linesOf(items) });
  }
}

async function* linesOf(items: AsyncIterable<RunItem>) {
  for await (const item of items) yield reportLine(item);
}
