import { Controller, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { LetheConfig } from '../../../../platform/config/lethe-config';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { DocumentResponse } from '../../queries/list-documents/list-documents.response';
import { AddDocument } from './add-document.command';
import { AddDocumentRequest } from './add-document.request';
import { documentIn } from './document-form';

const FIELDS = { $ref: getSchemaPath(AddDocumentRequest) };
const FILE = { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } };

@ApiTags('documents')
@Controller('customers/:id/documents')
export class AddDocumentController {
  constructor(
    private readonly commands: CommandBus,
    private readonly config: LetheConfig,
  ) {}

  @Post()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({
    summary: 'Archives a document',
    description:
      'As a form with the part `file` and the other members as fields, or as JSON to archive an entry without a ' +
      'file. Without `fileName`, the name of the part is used. The media type is detected from the bytes.',
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': { schema: { allOf: [FIELDS, FILE] } },
        'application/json': { schema: FIELDS },
      },
    },
  })
  @ApiExtraModels(AddDocumentRequest)
  @ApiCreatedResponse({ type: DocumentResponse })
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, also during the upload; CUSTOMER_MERGED, CUSTOMER_LOCKED'))
  @ApiResponse(apiProblem(413, 'PAYLOAD_TOO_LARGE'))
  handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Req() request: Request,
  ): Promise<DocumentResponse> {
    return this.commands.execute(new AddDocument(id, documentIn(request, this.config.uploadBytes)));
  }
}
