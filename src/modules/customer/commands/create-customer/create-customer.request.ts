import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { NameText } from '../../../../platform/http/text-field.decorator';
import { CustomerFieldsRequest } from '../../customer-fields.request';
import { CUSTOMER_STATUSES, type CustomerStatus } from '../../entities/customer.entity';

/** The columns of customers.csv; `lastName` or `companyName` is required. */
export class CreateCustomerRequest extends CustomerFieldsRequest {
  @NameText() readonly customerNumber: string;
  @NameText() readonly branchCode: string;

  @ApiProperty({ enum: CUSTOMER_STATUSES })
  @IsIn(CUSTOMER_STATUSES)
  readonly status: CustomerStatus;
}
