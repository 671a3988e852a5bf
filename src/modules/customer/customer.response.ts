import { ApiProperty } from '@nestjs/swagger';
import { StoredType } from '../records';
import { Customer, MAINTAINED_COLUMNS } from './entities/customer.entity';

/** Every column of a customer. After anonymization, personal columns are null and the last name is the label. */
export class CustomerResponse extends StoredType(Customer, MAINTAINED_COLUMNS, { type: String, format: 'uuid' }) {
  @ApiProperty({ type: 'integer', description: 'also the ETag' }) readonly version: number;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'date-time' }) readonly updatedAt: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' }) readonly anonymizedAt: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'the customer that now has the records' })
  readonly mergedIntoId: string | null;

  @ApiProperty({ description: 'whether a legal hold is in force' }) readonly legalHold: boolean;
}
