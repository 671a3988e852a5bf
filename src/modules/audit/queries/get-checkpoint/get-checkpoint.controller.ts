import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { GetCheckpoint } from './get-checkpoint.query';
import { GetCheckpointResponse } from './get-checkpoint.response';

@ApiTags('audit')
@Controller('audit/checkpoint')
export class GetCheckpointController {
  constructor(private readonly queries: QueryBus) {}

  /** The newest signed head of the log; 404 before the first one. */
  @Get()
  @Authorize(Role.COMPLIANCE)
  @ApiOkResponse({ type: GetCheckpointResponse })
  handle(): Promise<GetCheckpointResponse> {
    return this.queries.execute(new GetCheckpoint());
  }
}
