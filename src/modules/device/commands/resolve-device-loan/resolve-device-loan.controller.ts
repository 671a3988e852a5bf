import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { deviceLoans, type StoredDeviceLoan } from '../../records/device-loan.record';
import { ResolveDeviceLoan } from './resolve-device-loan.command';
import { ResolveDeviceLoanRequest } from './resolve-device-loan.request';

@ApiTags('device-loans')
@Controller('device-loans/:id/resolve')
export class ResolveDeviceLoanController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Ends a loan: the device is returned, sold or written off' })
  @ApiOkResponse({ type: responseOf(deviceLoans) })
  @ApiResponse(apiProblem(404, 'DEVICE_LOAN_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, DEVICE_LOAN_RESOLVED'))
  handle(
    @Param('id', new IdParam('DEVICE_LOAN_NOT_FOUND')) id: string,
    @Body() request: ResolveDeviceLoanRequest,
  ): Promise<StoredDeviceLoan> {
    return this.commands.execute(new ResolveDeviceLoan(id, request));
  }
}
