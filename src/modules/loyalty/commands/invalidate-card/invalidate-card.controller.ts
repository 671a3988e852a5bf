import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { OnDateRequest } from '../../../../platform/http/on-date.request';
import { apiProblem } from '../../../../platform/http/problem-document';
import { responseOf } from '../../../records';
import { cards, type StoredCard } from '../../records/card.record';
import { InvalidateCard } from './invalidate-card.command';

@ApiTags('cards')
@Controller('cards/:id/invalidate')
export class InvalidateCardController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Invalidates a card' })
  @ApiOkResponse({ type: responseOf(cards) })
  @ApiResponse(apiProblem(404, 'CARD_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, CARD_INVALIDATED'))
  handle(@Param('id', new IdParam('CARD_NOT_FOUND')) id: string, @Body() { on }: OnDateRequest): Promise<StoredCard> {
    return this.commands.execute(new InvalidateCard(id, on));
  }
}
