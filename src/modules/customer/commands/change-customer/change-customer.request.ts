import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { NameText } from '../../../../platform/http/text-field.decorator';
import { CustomerFieldsRequest } from '../../customer-fields.request';
import { CUSTOMER_STATUSES, type CustomerStatus } from '../../entities/customer.entity';

/** Changes only the fields that are given; null clears a field. The customer number never changes. */
export class ChangeCustomerRequest extends CustomerFieldsRequest {
  @NameText({ required: false })
  @IfGiven()
  readonly branchCode?: string;

  @ApiPropertyOptional({ enum: CUSTOMER_STATUSES })
  @IfGiven()
  @IsIn(CUSTOMER_STATUSES)
  readonly status?: CustomerStatus;
}
