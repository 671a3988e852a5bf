import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { OnDateRequest } from '../../../../platform/http/on-date.request';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { enrollments, type StoredEnrollment } from '../../records/enrollment.record';
import { EndEnrollment } from './end-enrollment.command';

@ApiTags('enrollments')
@Controller('enrollments/:id/end')
export class EndEnrollmentController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Ends an enrollment' })
  @ApiOkResponse({ type: responseOf(enrollments) })
  @ApiResponse(apiProblem(404, 'ENROLLMENT_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, ENROLLMENT_ENDED'))
  handle(
    @Param('id', new IdParam('ENROLLMENT_NOT_FOUND')) id: string,
    @Body() { on }: OnDateRequest,
  ): Promise<StoredEnrollment> {
    return this.commands.execute(new EndEnrollment(id, on));
  }
}
