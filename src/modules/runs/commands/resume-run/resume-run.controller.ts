import { Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { NeedsConfirmation } from '../../../../platform/auth/needs-confirmation.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { RunHandle } from '../../views/run.response';
import { ResumeRun } from './resume-run.command';

@ApiTags('anonymization runs')
@Controller('anonymization-runs')
export class ResumeRunController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/resume')
  @HttpCode(HttpStatus.ACCEPTED)
  @Authorize(Role.ADMINISTRATOR)
  @NeedsConfirmation()
  @ApiOperation({ summary: 'Resumes a paused run' })
  @ApiAcceptedResponse({ type: RunHandle })
  @ApiResponse(apiProblem(409, 'RUN_STATE_CONFLICT, with the `state` of the run'))
  resume(
    @Param('id', new UuidParam('ANONYMIZATION_RUN_NOT_FOUND')) id: string,
    @CurrentEmployee() actor: Actor,
  ): Promise<RunHandle> {
    return this.commands.execute(new ResumeRun(id, actor));
  }
}
