import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { actorOf } from '../../../../platform/auth/actor';
import { LastingAccess } from '../../../../platform/auth/lasting-access';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { RequestGate } from '../../../../platform/http/request-gate';
import { sendEvents } from '../../../../platform/http/send-events';
import { WatchRun } from './watch-run.query';

@ApiTags('anonymization runs')
@Controller('anonymization-runs')
export class WatchRunController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: LastingAccess,
    private readonly gate: RequestGate,
  ) {}

  @Get(':id/events')
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOperation({
    summary:
      'The run as server-sent events: at once, at least every 2 s while it works, when its state changes, and once ' +
      'at its end',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    schema: { type: 'string' },
    description: '`event: run`; `data` is the run as in `GET /anonymization-runs/:id`',
  })
  @ApiResponse(apiProblem(429, 'TOO_MANY_REQUESTS: the employee watches too many runs at once'))
  async watch(
    @Param('id', new UuidParam('ANONYMIZATION_RUN_NOT_FOUND')) id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.gate.admitStream(request, response, actorOf(request).id);
    const hasGone = () => response.closed;
    const mayWatch = () => this.access.isStillGranted(request);
    await sendEvents(response, 'run', await this.queries.execute(new WatchRun(id, hasGone, mayWatch)));
  }
}
