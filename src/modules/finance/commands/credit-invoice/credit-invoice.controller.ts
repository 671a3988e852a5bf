import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { invoices, type StoredInvoice } from '../../records/invoice.record';
import { CreditInvoice } from './credit-invoice.command';
import { CreditInvoiceRequest } from './credit-invoice.request';

@ApiTags('invoices')
@Controller('invoices/:id/credit')
export class CreditInvoiceController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Credits an invoice, or a part of it; answers with the credit note' })
  @ApiOkResponse({ type: responseOf(invoices) })
  @ApiResponse(apiProblem(404, 'INVOICE_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, NOT_CREDITABLE, OVER_CREDITED'))
  handle(
    @Param('id', new IdParam('INVOICE_NOT_FOUND')) id: string,
    @Body() request: CreditInvoiceRequest,
  ): Promise<StoredInvoice> {
    return this.commands.execute(new CreditInvoice(id, request));
  }
}
