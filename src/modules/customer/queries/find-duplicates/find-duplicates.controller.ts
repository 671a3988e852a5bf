import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { requireRules } from '../../../records';
import { Customer } from '../../entities/customer.entity';
import { FindDuplicates } from './find-duplicates.query';
import { FindDuplicatesRequest } from './find-duplicates.request';
import { FindDuplicatesResponse } from './find-duplicates.response';

/** Uses POST to keep names out of URLs. */
@ApiTags('customers')
@Controller('customers/duplicates')
export class FindDuplicatesController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({
    summary: 'Possible duplicates, to check before a customer is added; never an anonymized one',
  })
  @ApiOkResponse({ type: FindDuplicatesResponse })
  async handle(@Body() person: FindDuplicatesRequest): Promise<FindDuplicatesResponse> {
    requireRules(Customer, person);
    return { items: await this.queries.execute(new FindDuplicates(person)) };
  }
}
