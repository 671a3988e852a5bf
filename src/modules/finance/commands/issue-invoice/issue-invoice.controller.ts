import { Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { invoices, type StoredInvoice } from '../../records/invoice.record';
import { IssueInvoice } from './issue-invoice.command';

@ApiTags('invoices')
@Controller('invoices/:id/issue')
export class IssueInvoiceController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Issues a draft, which gets its number' })
  @ApiOkResponse({ type: responseOf(invoices) })
  @ApiResponse(apiProblem(404, 'INVOICE_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, INVOICE_ALREADY_ISSUED, OVER_CREDITED'))
  handle(@Param('id', new IdParam('INVOICE_NOT_FOUND')) id: string): Promise<StoredInvoice> {
    return this.commands.execute(new IssueInvoice(id));
  }
}
