import { ApiProperty } from '@nestjs/swagger';
import { CustomerSummary } from '../customer-summaries';

export class FindDuplicatesResponse {
  @ApiProperty({ type: [CustomerSummary] }) readonly items: CustomerSummary[];
}
