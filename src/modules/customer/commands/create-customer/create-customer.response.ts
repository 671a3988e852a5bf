import { ApiProperty } from '@nestjs/swagger';
import { CustomerResponse } from '../../customer.response';
import { CustomerSummary } from '../../queries/customer-summaries';

/** The new customer with possible duplicates, so that two records of one person can be merged early. */
export class CreateCustomerResponse extends CustomerResponse {
  @ApiProperty({ type: [CustomerSummary] }) readonly possibleDuplicates: readonly CustomerSummary[];
}
