import { Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { quotes, type StoredQuote } from '../../records/quote.record';
import { EndQuote } from './end-quote.command';

@ApiTags('quotes')
@Controller('quotes/:id/end')
export class EndQuoteController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Ends an open quote' })
  @ApiOkResponse({ type: responseOf(quotes) })
  @ApiResponse(apiProblem(404, 'QUOTE_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, QUOTE_NOT_OPEN'))
  handle(@Param('id', new IdParam('QUOTE_NOT_FOUND')) id: string): Promise<StoredQuote> {
    return this.commands.execute(new EndQuote(id));
  }
}
