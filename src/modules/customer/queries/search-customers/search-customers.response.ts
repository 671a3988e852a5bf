import { ApiProperty } from '@nestjs/swagger';
import { CustomerSummary } from '../customer-summaries';

export class CustomerPageResponse {
  @ApiProperty({ type: [CustomerSummary] }) readonly items: CustomerSummary[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}
