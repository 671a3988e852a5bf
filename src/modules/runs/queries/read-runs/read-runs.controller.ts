import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { RunPageResponse, RunResponse } from '../../views/run.response';
import { RunQueries } from '../../views/run-queries';
import { ReadRunsRequest } from './read-runs.request';

@ApiTags('anonymization runs')
@Controller('anonymization-runs')
export class ReadRunsController {
  constructor(private readonly runs: RunQueries) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOperation({ summary: 'All runs, newest first' })
  @ApiOkResponse({ type: RunPageResponse })
  list(@Query() request: ReadRunsRequest): Promise<RunPageResponse> {
    return this.runs.list(request);
  }

  @Get(':id')
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOperation({ summary: 'One run with its counts' })
  @ApiOkResponse({ type: RunResponse })
  get(@Param('id', new UuidParam('ANONYMIZATION_RUN_NOT_FOUND')) id: string): Promise<RunResponse> {
    return this.runs.get(id);
  }
}
