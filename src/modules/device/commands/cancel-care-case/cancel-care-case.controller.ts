import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { OnDateRequest } from '../../../../platform/http/on-date.request';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { careCases, type StoredCareCase } from '../../records/care-case.record';
import { CancelCareCase } from './cancel-care-case.command';

@ApiTags('care-cases')
@Controller('care-cases/:id/cancel')
export class CancelCareCaseController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Cancels an open care case' })
  @ApiOkResponse({ type: responseOf(careCases) })
  @ApiResponse(apiProblem(404, 'CARE_CASE_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, CARE_CASE_CLOSED'))
  handle(
    @Param('id', new IdParam('CARE_CASE_NOT_FOUND')) id: string,
    @Body() { on }: OnDateRequest,
  ): Promise<StoredCareCase> {
    return this.commands.execute(new CancelCareCase(id, on));
  }
}
