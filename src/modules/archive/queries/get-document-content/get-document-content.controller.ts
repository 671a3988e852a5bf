import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { GetDocumentContent } from './get-document-content.query';
import { sendContent } from './send-content';

@ApiTags('documents')
@Controller('documents/:id/content')
export class GetDocumentContentController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'The bytes of an archived document' })
  @ApiProduces('*/*')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' } })
  @ApiResponse(apiProblem(403, 'FORBIDDEN; ARCHIVE_SEALED after the customer was anonymized; both audited'))
  @ApiResponse(apiProblem(404, 'DOCUMENT_NOT_FOUND, also for erased and purged ones and for entries without content'))
  async handle(
    @Param('id', new IdParam('DOCUMENT_NOT_FOUND')) id: string,
    @CurrentEmployee() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    await sendContent(response, await this.queries.execute(new GetDocumentContent(id, actor)));
  }
}
