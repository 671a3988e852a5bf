import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { CUSTOMER_STATUSES, type CustomerStatus } from '../entities/customer.entity';

/** A row of a list of customers. Customers without a residential address have only names and birth date. */
export class CustomerSummary {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty({ enum: CUSTOMER_STATUSES }) readonly status: CustomerStatus;
  @ApiProperty({ type: String, nullable: true }) readonly lastName: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly firstName: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly postalCode: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly city: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly street: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly phone: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) readonly birthDate: string | null;
}

/** A SELECT of summaries; `c` is the customer. */
export const SELECT_CUSTOMER_SUMMARY = `
  SELECT c.id, c.customer_number AS "customerNumber", c.status, coalesce(c.last_name, c.company_name) AS "lastName",
    c.first_name AS "firstName",
    a.postal_code AS "postalCode", a.city, a.street,
      CASE WHEN a.id IS NOT NULL THEN coalesce(a.phone, c.phone) END AS phone,
    c.birth_date AS "birthDate"
  FROM customer c LEFT JOIN address a ON a.customer_id = c.id AND a.type = 'RESIDENTIAL'`;

@Injectable()
export class CustomerSummaries {
  constructor(private readonly transaction: TransactionRunner) {}

  async findForCustomers(customerIds: readonly string[]): Promise<ReadonlyMap<string, CustomerSummary>> {
    const rows = await this.transaction.query<CustomerSummary>(
      `${SELECT_CUSTOMER_SUMMARY} WHERE c.id = ANY ($1::uuid[])`,
      [customerIds],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
