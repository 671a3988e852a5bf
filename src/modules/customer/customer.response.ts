import { ApiProperty } from '@nestjs/swagger';
import { CUSTOMER_STATUSES, type CustomerStatus } from './entities/customer.entity';

const OrNull = (format?: string) => ApiProperty({ type: String, nullable: true, ...(format ? { format } : {}) });

/** Every column of a customer. After anonymization, personal columns are null and the last name is the label. */
export class CustomerResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty() readonly branchCode: string;
  @ApiProperty({ enum: CUSTOMER_STATUSES }) readonly status: CustomerStatus;
  @OrNull() readonly salutation: string | null;
  @OrNull() readonly title: string | null;
  @OrNull() readonly firstName: string | null;
  @OrNull() readonly lastName: string | null;
  @OrNull() readonly birthName: string | null;
  @OrNull() readonly companyName: string | null;
  @OrNull('date') readonly birthDate: string | null;
  @OrNull() readonly gender: string | null;
  @OrNull() readonly email: string | null;
  @OrNull() readonly phone: string | null;
  @OrNull() readonly mobile: string | null;
  @OrNull() readonly note: string | null;
  @OrNull() readonly physician: string | null;
  @ApiProperty({ type: 'integer', description: 'also the ETag' }) readonly version: number;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'date-time' }) readonly updatedAt: string;
  @OrNull('date-time') readonly anonymizedAt: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'the customer that now has the records' })
  readonly mergedIntoId: string | null;

  @ApiProperty({ description: 'whether a legal hold is in force' }) readonly legalHold: boolean;
}
