import { ApiProperty } from '@nestjs/swagger';
import { CustomerResponse } from '../../customer.response';
import { CustomerSummary } from '../../queries/customer-summaries';

/** The customer, and who may be the same person: two records of one person are best merged soon. */
export class CreateCustomerResponse extends CustomerResponse {
  @ApiProperty({ type: [CustomerSummary] }) readonly possibleDuplicates: readonly CustomerSummary[];
}
