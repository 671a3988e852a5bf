import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { PageRequest } from '../../../../platform/http/page';
import { apiProblem } from '../../../../platform/http/problem-document';
import { ListDocuments } from './list-documents.query';
import { DocumentPageResponse } from './list-documents.response';

@ApiTags('documents')
@Controller('customers/:id/documents')
export class ListDocumentsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Archived documents of the customer, last added first' })
  @ApiOkResponse({ type: DocumentPageResponse })
  @ApiResponse(apiProblem(403, 'FORBIDDEN; ARCHIVE_SEALED after the customer was anonymized; both audited'))
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Query() page: PageRequest,
    @CurrentEmployee() actor: Actor,
  ): Promise<DocumentPageResponse> {
    return this.queries.execute(new ListDocuments(id, page, actor));
  }
}
