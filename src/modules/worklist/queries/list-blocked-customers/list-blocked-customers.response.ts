import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../../../platform/http/page';
import { BlockerResponse } from '../../../anonymization';
import type { BlockedCustomerItem } from '../../worklist';

export class BlockedCustomerResponse {
  @ApiProperty({ format: 'uuid' }) readonly customerId: string;
  @ApiProperty() readonly customerNumber: string;

  @ApiProperty({ type: [BlockerResponse], description: 'empty if the customer has become ready' })
  readonly blockers: readonly BlockerResponse[];

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'a past day if the customer has become ready; null if a blocker does not clear by itself',
  })
  readonly earliestPossibleOn: string | null;

  @ApiProperty({ format: 'date' }) readonly judgedOn: string;
}

export class BlockedCustomerPageResponse implements Page<BlockedCustomerItem> {
  @ApiProperty({ type: [BlockedCustomerResponse] }) readonly items: BlockedCustomerItem[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}
