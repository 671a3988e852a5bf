import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { invalid } from '../../../platform/http/validation.pipe';
import type { LoanResolution } from '../entities/device-loan.entity';

/**
 * Changes of the stock item for each loan state. A written-off device never came back: the shop still owns it and it
 * stays assigned to the customer, so that its whereabouts can be reported later.
 */
const CHANGES: Record<'LENT' | LoanResolution, string> = {
  LENT: `customer_id = $2, status = 'AT_CUSTOMER'`,
  RETURNED: `customer_id = NULL, owner_name = NULL, status = 'IN_STOCK'`,
  SOLD: `customer_id = $2, status = 'AT_CUSTOMER', owner = 'CUSTOMER', owner_name =
    (SELECT coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.company_name) FROM customer c
      WHERE c.id = $2)`,
  WRITTEN_OFF: `customer_id = $2, status = 'AT_CUSTOMER'`,
};

/** Updates the stock after changes of loans. The loans are authoritative. */
@Injectable()
export class LentDevices {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * Locks the stock item, so that it cannot be lent to two customers at once.
   *
   * @throws DomainError `VALIDATION_FAILED` when another customer holds or owns it
   */
  async lock(stockItemId: string, customerId: string): Promise<void> {
    const piece = await this.transaction.one<{ customerId: string | null }>(
      'SELECT customer_id AS "customerId" FROM stock_item WHERE id = $1 FOR UPDATE',
      [stockItemId],
    );
    if (piece.customerId !== null && piece.customerId !== customerId) throw invalid('serialNumber', 'OTHER_CUSTOMER');
  }

  /** Applies the change, unless the item is now with another customer or is the customer's own. */
  async follow(loanId: string, customerId: string, what: keyof typeof CHANGES): Promise<void> {
    await this.transaction.execute(
      `UPDATE stock_item SET ${CHANGES[what]}
       WHERE id = (SELECT stock_item_id FROM device_loan WHERE id = $1) AND owner = 'SHOP'
         AND (customer_id IS NULL OR customer_id = $2)`,
      [loanId, customerId],
    );
  }
}
