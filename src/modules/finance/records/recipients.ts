import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { findRecipient } from '../../customer';

export interface Recipient {
  readonly recipientName?: string | null;
  readonly recipientAddress?: string | null;
}

/**
 * Whom an issued invoice is for: § 14(4) UStG wants name and address, and later changes of the customer must not change
 * them.
 */
@Injectable()
export class Recipients {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * The document's own recipient; what it leaves open is the customer's name, and the invoice address, the residential
   * one, or any.
   */
  async complete({ recipientName, recipientAddress }: Recipient, customerId: string): Promise<Recipient> {
    const own = await findRecipient(this.transaction, customerId);
    return {
      recipientName: recipientName ?? own.recipientName,
      recipientAddress: recipientAddress ?? own.recipientAddress,
    };
  }
}
