import { Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { VerdictResponse } from '../../preview/verdict.response';
import { PreviewAnonymization } from './preview-anonymization.query';

@ApiTags('anonymization')
@Controller('customers')
export class PreviewAnonymizationController {
  constructor(private readonly queries: QueryBus) {}

  @Post(':id/anonymization/preview')
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR)
  @ApiOperation({ summary: 'Effects of anonymizing the customer today; changes nothing' })
  @ApiOkResponse({ type: VerdictResponse })
  preview(@Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string): Promise<VerdictResponse> {
    return this.queries.execute(new PreviewAnonymization(id));
  }
}
