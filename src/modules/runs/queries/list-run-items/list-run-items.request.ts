import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { BLOCKER_CODES, type BlockerCode } from '../../../../kernel/blocker';
import { PageRequest } from '../../../../platform/http/page';
import { ITEM_STATES, type ItemState } from '../../state/run-state';

export class ListRunItemsRequest extends PageRequest {
  @ApiPropertyOptional({ enum: ITEM_STATES })
  @IsOptional()
  @IsIn(ITEM_STATES)
  readonly state?: ItemState;

  @ApiPropertyOptional({ enum: BLOCKER_CODES, description: 'only customers that this rule blocks' })
  @IsOptional()
  @IsIn(BLOCKER_CODES)
  readonly blocker?: BlockerCode;
}
