import { Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { RunHandle } from '../../views/run.response';
import { PauseRun } from './pause-run.command';

@ApiTags('anonymization runs')
@Controller('anonymization-runs')
export class PauseRunController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/pause')
  @HttpCode(HttpStatus.ACCEPTED)
  @Authorize(Role.ADMINISTRATOR)
  @ApiOperation({ summary: 'Pauses a run; batches in flight are finished, no other batch starts' })
  @ApiAcceptedResponse({ type: RunHandle })
  @ApiResponse(apiProblem(409, 'RUN_STATE_CONFLICT, with the `state` of the run'))
  pause(
    @Param('id', new UuidParam('ANONYMIZATION_RUN_NOT_FOUND')) id: string,
    @CurrentEmployee() actor: Actor,
  ): Promise<RunHandle> {
    return this.commands.execute(new PauseRun(id, actor));
  }
}
