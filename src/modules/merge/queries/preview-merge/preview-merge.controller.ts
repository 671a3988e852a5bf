import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { MergeCustomersRequest } from '../../commands/merge-customers/merge-customers.request';
import { PreviewMerge } from './preview-merge.query';
import { PreviewMergeResponse } from './preview-merge.response';

@ApiTags('customers')
@Controller('customers/:id/merge/preview')
export class PreviewMergeController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR)
  @ApiOperation({ summary: 'Shows both customers and the effects of a merge; changes nothing' })
  @ApiOkResponse({ type: PreviewMergeResponse })
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, LEGAL_HOLD, MERGE_NOTE_TOO_LONG'))
  handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Body() { intoCustomerId }: MergeCustomersRequest,
  ): Promise<PreviewMergeResponse> {
    return this.queries.execute(new PreviewMerge(id, intoCustomerId.toLowerCase()));
  }
}
