import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { invoices, type StoredInvoice } from '../../records/invoice.record';
import { BookPayment } from './book-payment.command';
import { BookPaymentRequest } from './book-payment.request';

@ApiTags('invoices')
@Controller('invoices/:id/payments')
export class BookPaymentController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Books a payment, a refund or a write-off; answers with the document' })
  @ApiOkResponse({ type: responseOf(invoices) })
  @ApiResponse(apiProblem(404, 'INVOICE_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, INVOICE_NOT_ISSUED'))
  handle(
    @Param('id', new IdParam('INVOICE_NOT_FOUND')) id: string,
    @Body() request: BookPaymentRequest,
  ): Promise<StoredInvoice> {
    return this.commands.execute(new BookPayment(id, request));
  }
}
