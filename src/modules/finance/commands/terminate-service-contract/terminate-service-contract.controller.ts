import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { serviceContracts, type StoredServiceContract } from '../../records/service-contract.record';
import { TerminateServiceContract } from './terminate-service-contract.command';
import { TerminateServiceContractRequest } from './terminate-service-contract.request';

@ApiTags('service-contracts')
@Controller('service-contracts/:id/terminate')
export class TerminateServiceContractController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Terminates a running contract' })
  @ApiOkResponse({ type: responseOf(serviceContracts) })
  @ApiResponse(apiProblem(404, 'SERVICE_CONTRACT_NOT_FOUND'))
  @ApiResponse(
    apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, CONTRACT_NOT_SIGNED, CONTRACT_VOIDED, CONTRACT_ENDED'),
  )
  handle(
    @Param('id', new IdParam('SERVICE_CONTRACT_NOT_FOUND')) id: string,
    @Body() { effectiveOn }: TerminateServiceContractRequest,
  ): Promise<StoredServiceContract> {
    return this.commands.execute(new TerminateServiceContract(id, effectiveOn));
  }
}
