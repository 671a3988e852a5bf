import type { BusinessDate } from '../../kernel/business-date';
import type { CustomerStatus } from '../customer';

/** Whom a selection is about; all that are given must hold. */
export interface SelectionCriteria {
  readonly status?: readonly CustomerStatus[];
  readonly branchCode?: string;
  /** of the residential address */
  readonly postalCodePrefix?: string;
  /** strictly before; customers without a birth date do not count */
  readonly bornBefore?: BusinessDate;
  /** no issued invoice or credit note on or after the date */
  readonly noInvoiceSince?: BusinessDate;
  /** nothing that a customer and a shop do together on or after the date, see {@link CONTACTS} */
  readonly noContactSince?: BusinessDate;
  /** numbers that nobody has select nobody */
  readonly customerNumbers?: readonly string[];
}

/**
 * What counts as a contact: conditions on a customer's row in each table, `:day` being the date and `:instant` the first instant of that day in the
 * shop's time zone. Drafts do not count, nor do addresses, consents, payments and whatever else the shop can do on its own.
 */
const CONTACTS: Readonly<Record<string, string>> = {
  invoice: `status = 'ISSUED' AND issued_on >= :day`,
  quote: 'issued_on >= :day',
  receipt: 'issued_at >= :instant',
  service_contract: `status = 'SIGNED' AND starts_on >= :day`,
  care_case: 'greatest(opened_on, closed_on) >= :day',
  device_loan: 'greatest(issued_on, resolved_on) >= :day',
  loyalty_transaction: 'occurred_at >= :instant',
  archive_document: 'created_on >= :day',
};

/** The SQL of the criteria on a customer `c`, and its parameters from $`first` on. */
export function whereCriteria(
  criteria: SelectionCriteria,
  first: number,
  startOfDay: (day: BusinessDate) => Date,
): { readonly condition: string; readonly parameters: readonly unknown[] } {
  const parameters: unknown[] = [];
  const parameter = (value: unknown, type: string) => `$${first + parameters.push(value) - 1}::${type}`;
  const conditions = ['c.anonymized_at IS NULL', 'c.merged_into_id IS NULL'];
  const { status, branchCode, postalCodePrefix, bornBefore, noInvoiceSince, noContactSince, customerNumbers } =
    criteria;

  if (status !== undefined) conditions.push(`c.status = ANY (${parameter(status, 'text[]')})`);
  if (branchCode !== undefined)
    conditions.push(`c.branch_id = (SELECT id FROM branch WHERE code = ${parameter(branchCode, 'text')})`);
  if (postalCodePrefix !== undefined)
    conditions.push(`EXISTS (SELECT FROM address a WHERE a.customer_id = c.id AND a.type = 'RESIDENTIAL'
      AND starts_with(a.postal_code, ${parameter(postalCodePrefix, 'text')}))`);
  if (bornBefore !== undefined) conditions.push(`c.birth_date < ${parameter(bornBefore, 'date')}`);
  if (noInvoiceSince !== undefined)
    conditions.push(without('invoice', CONTACTS.invoice!, parameter(noInvoiceSince, 'date'), ''));
  if (noContactSince !== undefined) {
    const day = parameter(noContactSince, 'date');
    const instant = parameter(startOfDay(noContactSince), 'timestamptz');
    conditions.push(...Object.entries(CONTACTS).map(([table, contact]) => without(table, contact, day, instant)));
  }
  if (customerNumbers !== undefined)
    conditions.push(`c.customer_number = ANY (${parameter(customerNumbers, 'text[]')})`);
  return { condition: conditions.join(' AND '), parameters };
}

const without = (table: string, contact: string, day: string, instant: string): string =>
  `NOT EXISTS (SELECT FROM ${table} WHERE customer_id = c.id AND ${contact.replaceAll(':day', day).replaceAll(':instant', instant)})`;
