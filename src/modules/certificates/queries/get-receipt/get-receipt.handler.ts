import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { EntryProofs } from '../../../audit';
import { type CustomerState, SELECT_CUSTOMER_STATE } from '../../../customer';
import { type Receipt, RECEIPT_ACTIONS, receiptOf } from '../../receipt';
import { GetReceipt } from './get-receipt.query';

@QueryHandler(GetReceipt)
export class GetReceiptHandler implements IQueryHandler<GetReceipt> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly proofs: EntryProofs,
  ) {}

  async execute({ customerId }: GetReceipt): Promise<Receipt> {
    const [customer] = await this.transaction.readAlone<CustomerState>(SELECT_CUSTOMER_STATE, [customerId]);
    if (customer === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    if (customer.anonymizedAt === null) throw new DomainError('CUSTOMER_NOT_ANONYMIZED');
    const proven = await this.proofs.ofCustomer(customerId, RECEIPT_ACTIONS);
    if (proven === null) throw new DomainError('RECEIPT_NOT_READY', { retryAfterSeconds: 1 });
    return receiptOf(customerId, proven);
  }
}
