import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { ApiJsonOrFile } from '../../../../platform/http/json-or-file.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { sendStream } from '../../../../platform/http/send-stream';
import { personalDataZip } from '../../export/personal-data-zip';
import { ExportPersonalData } from './export-personal-data.query';
import { type ExportFormat, ExportPersonalDataRequest } from './export-personal-data.request';
import { PersonalDataResponse } from './export-personal-data.response';

@ApiTags('customers')
@Controller('customers/:id/personal-data')
export class ExportPersonalDataController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR)
  @ApiOperation({
    summary: 'Everything stored about the customer (Art. 15 GDPR)',
    description: 'As a ZIP also with the documents that are not sealed.',
  })
  @ApiJsonOrFile(PersonalDataResponse, 'application/zip')
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  async handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Query() { format }: ExportPersonalDataRequest,
    @CurrentEmployee() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const chosen = format ?? acceptedBy(response);
    const data = await this.queries.execute(new ExportPersonalData(id, chosen, actor));
    if (chosen === 'json') response.json(data.stored);
    else
      await sendStream(response, { name: 'personal-data.zip', type: 'application/zip', pieces: personalDataZip(data) });
  }
}

/** JSON is the default, also when the client accepts neither format. */
const acceptedBy = ({ req }: Response): ExportFormat =>
  req.accepts(['application/json', 'application/zip']) === 'application/zip' ? 'zip' : 'json';
