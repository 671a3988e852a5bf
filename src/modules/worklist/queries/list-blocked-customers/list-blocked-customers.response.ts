import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../../../platform/http/page';
import { BlockerResponse } from '../../../anonymization';
import type { BlockedCustomerItem } from '../../worklist';

export class BlockedCustomerResponse {
  @ApiProperty({ format: 'uuid' }) readonly customerId: string;
  @ApiProperty() readonly customerNumber: string;

  @ApiProperty({ type: [BlockerResponse], description: 'none when the customer has become ready' })
  readonly blockers: readonly BlockerResponse[];

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'a day that is past when the customer has become ready; null when somebody must act first',
  })
  readonly earliestPossibleOn: string | null;

  @ApiProperty({ format: 'date' }) readonly judgedOn: string;
}

export class BlockedCustomerPageResponse implements Page<BlockedCustomerItem> {
  @ApiProperty({ type: [BlockedCustomerResponse] }) readonly items: BlockedCustomerItem[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}
