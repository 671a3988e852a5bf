import { Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../customer';
import { serviceContracts, type StoredServiceContract } from '../../records/service-contract.record';
import { SignServiceContract } from './sign-service-contract.command';

@ApiTags('service-contracts')
@Controller('service-contracts/:id/sign')
export class SignServiceContractController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Signs a draft contract' })
  @ApiOkResponse({ type: responseOf(serviceContracts) })
  @ApiResponse(apiProblem(404, 'SERVICE_CONTRACT_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, CONTRACT_NOT_DRAFT, CONTRACT_VOIDED'))
  handle(@Param('id', new IdParam('SERVICE_CONTRACT_NOT_FOUND')) id: string): Promise<StoredServiceContract> {
    return this.commands.execute(new SignServiceContract(id));
  }
}
