import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { BRANCHES } from '../branch';
import { HAS_LEGAL_HOLD } from './legal-holds';
import { CUSTOMER_COLUMNS } from './customer-fields';
import type { CustomerResponse } from './customer.response';

type CustomerRow = Omit<CustomerResponse, 'createdAt' | 'updatedAt' | 'anonymizedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly anonymizedAt: Date | null;
};

const COLUMNS = CUSTOMER_COLUMNS.map(
  ({ property, name, reference }) => `${reference ? `b.${reference.key}` : `c.${name}`} AS "${property}"`,
);

const SELECT_CUSTOMER = `
  SELECT c.id, ${COLUMNS.join(', ')}, c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt",
    c.anonymized_at AS "anonymizedAt", c.merged_into_id AS "mergedIntoId", ${HAS_LEGAL_HOLD} AS "legalHold"
  FROM customer c JOIN ${BRANCHES} b ON b.id = c.branch_id`;

/** A customer as the API shows it. */
@Injectable()
export class CustomerView {
  constructor(private readonly transaction: TransactionRunner) {}

  /** @throws DomainError `CUSTOMER_NOT_FOUND` */
  async readCustomer(customerId: string): Promise<CustomerResponse> {
    const [row] = await this.transaction.query<CustomerRow>(`${SELECT_CUSTOMER} WHERE c.id = $1`, [customerId]);
    if (row === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    return {
      ...row,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      anonymizedAt: row.anonymizedAt?.toISOString() ?? null,
    };
  }
}
