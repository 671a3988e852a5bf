import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { recipientAddressOf, recipientNameOf } from '../../customer';

export interface Recipient {
  readonly recipientName?: string | null;
  readonly recipientAddress?: string | null;
}

/**
 * The recipient of an issued invoice. § 14(4) UStG requires name and address, and later changes of the customer must
 * not change them.
 */
@Injectable()
export class Recipients {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * Completes the document's own recipient with the customer's name and with the invoice address, or else the
   * residential address, or else any address.
   */
  async complete({ recipientName, recipientAddress }: Recipient, customerId: string): Promise<Recipient> {
    const own = await this.transaction.one<Recipient>(
      `SELECT ${recipientNameOf('c')} AS "recipientName", ${recipientAddressOf('c.id')} AS "recipientAddress"
       FROM customer c
       WHERE c.id = $1`,
      [customerId],
    );
    return {
      recipientName: recipientName ?? own.recipientName,
      recipientAddress: recipientAddress ?? own.recipientAddress,
    };
  }
}
