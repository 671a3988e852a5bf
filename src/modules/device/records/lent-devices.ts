import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { invalid } from '../../../platform/http/validation.pipe';
import { CUSTOMERS } from '../../customer';
import type { LoanResolution } from '../entities/device-loan.entity';

/**
 * What becomes of the piece in stock. Written off means that it never came back: it stays the shop's and with the
 * customer, because whoever asks for a medical device later must be told where it went.
 */
const CHANGES: Record<'LENT' | LoanResolution, string> = {
  LENT: `customer_id = $2, status = 'AT_CUSTOMER'`,
  RETURNED: `customer_id = NULL, owner_name = NULL, status = 'IN_STOCK'`,
  SOLD: `customer_id = $2, status = 'AT_CUSTOMER', owner = 'CUSTOMER', owner_name =
    (SELECT coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.company_name) FROM ${CUSTOMERS} c
      WHERE c.id = $2)`,
  WRITTEN_OFF: `customer_id = $2, status = 'AT_CUSTOMER'`,
};

/** The stock follows the loans; it is the loans that decide. */
@Injectable()
export class LentDevices {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * Two customers cannot be lent the same piece at once.
   *
   * @throws DomainError `VALIDATION_FAILED` when somebody else has or owns it
   */
  async lock(stockItemId: string, customerId: string): Promise<void> {
    const piece = await this.transaction.one<{ customerId: string | null }>(
      'SELECT customer_id AS "customerId" FROM stock_item WHERE id = $1 FOR UPDATE',
      [stockItemId],
    );
    if (piece.customerId !== null && piece.customerId !== customerId) throw invalid('serialNumber', 'OTHER_CUSTOMER');
  }

  /** A piece that is with somebody else by now, or is the customer's own, is left as it is. */
  async follow(loanId: string, customerId: string, what: keyof typeof CHANGES): Promise<void> {
    await this.transaction.execute(
      `UPDATE stock_item SET ${CHANGES[what]}
       WHERE id = (SELECT stock_item_id FROM device_loan WHERE id = $1) AND owner = 'SHOP'
         AND (customer_id IS NULL OR customer_id = $2)`,
      [loanId, customerId],
    );
  }
}
