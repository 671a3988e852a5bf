import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { HAS_LEGAL_HOLD } from '../../legal-holds';
import { GetCustomerByNumber } from './get-customer-by-number.query';
import type { CustomerReferenceResponse } from './get-customer-by-number.response';

type ReferenceRow = Omit<CustomerReferenceResponse, 'anonymizedAt'> & { readonly anonymizedAt: Date | null };

@QueryHandler(GetCustomerByNumber)
export class GetCustomerByNumberHandler implements IQueryHandler<GetCustomerByNumber> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ customerNumber }: GetCustomerByNumber): Promise<CustomerReferenceResponse> {
    const [row] = await this.transaction.queryAlone<ReferenceRow>(
      `SELECT c.id, c.customer_number AS "customerNumber", c.anonymized_at AS "anonymizedAt",
            ${HAS_LEGAL_HOLD} AS "legalHold"
         FROM customer c WHERE c.customer_number = $1`,
      [customerNumber],
    );
    if (row === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    return { ...row, anonymizedAt: row.anonymizedAt?.toISOString() ?? null };
  }
}
