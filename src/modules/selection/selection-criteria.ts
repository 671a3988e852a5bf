import type { BusinessDate } from '../../kernel/business-date';
import type { CustomerStatus } from '../customer';

/** Criteria of a selection. All given ones must hold. */
export interface SelectionCriteria {
  readonly status?: readonly CustomerStatus[];
  readonly branchCode?: string;
  /** of the residential address */
  readonly postalCodePrefix?: string;
  /** strictly before; customers without a birth date do not match */
  readonly bornBefore?: BusinessDate;
  /** customer since before the date, without an issued invoice or credit note on or after it */
  readonly noInvoiceSince?: BusinessDate;
  /** customer since before the date, without any contact on or after it, see {@link CONTACTS} */
  readonly noContactSince?: BusinessDate;
  /** unknown numbers match no customer */
  readonly customerNumbers?: readonly string[];
}

/**
 * Contacts besides `customer.last_contact_on`, which says when something was recorded: the dates in the records. For
 * each table a condition on the customer's rows; `:day` is the date and `:instant` the first instant of that day in the
 * shop's time zone. `greatest` ignores NULL.
 */
const CONTACTS: Readonly<Record<string, string>> = {
  marketing_consent: 'greatest(granted_on, withdrawn_on) >= :day',
  cost_bearer_membership: 'valid_from >= :day',
  legal_hold: '(set_on >= :day OR lifted_at >= :instant)',
  invoice: `status = 'ISSUED' AND issued_on >= :day`,
  payment: 'paid_on >= :day',
  quote: 'greatest(issued_on, ended_on) >= :day',
  receipt: 'issued_at >= :instant',
  service_contract: `status = 'SIGNED' AND greatest(starts_on, voided_on, termination_effective_on) >= :day`,
  care_case: 'greatest(opened_on, closed_on) >= :day',
  device_loan: 'greatest(issued_on, resolved_on) >= :day',
  customer_card: 'invalidated_on >= :day',
  program_enrollment: 'greatest(starts_on, ends_on) >= :day',
  loyalty_transaction: 'occurred_at >= :instant',
  archive_document: 'created_on >= :day',
};

/** The SQL condition of the criteria on a customer `c`, and its parameters from $`first` on. */
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
  if (noInvoiceSince !== undefined) {
    const day = parameter(noInvoiceSince, 'date');
    const instant = parameter(startOfDay(noInvoiceSince), 'timestamptz');
    conditions.push(isCustomerBefore(instant), without('invoice', CONTACTS.invoice!, day, instant));
  }
  if (noContactSince !== undefined) {
    const day = parameter(noContactSince, 'date');
    const instant = parameter(startOfDay(noContactSince), 'timestamptz');
    conditions.push(
      isCustomerBefore(instant),
      `c.updated_at < ${instant}`,
      // the database stores the day in its own time zone, so the day before counts as well
      `(c.last_contact_on IS NULL OR c.last_contact_on < ${day} - 1)`,
      ...Object.entries(CONTACTS).map(([table, contact]) => without(table, contact, day, instant)),
    );
  }
  if (customerNumbers !== undefined)
    conditions.push(`c.customer_number = ANY (${parameter(customerNumbers, 'text[]')})`);
  return { condition: conditions.join(' AND '), parameters };
}

/** Condition: the customer existed before the instant. Without it, new customers without records would match. */
const isCustomerBefore = (instant: string): string => `c.created_at < ${instant}`;

const without = (table: string, contact: string, day: string, instant: string): string =>
  `NOT EXISTS (SELECT FROM ${table} WHERE customer_id = c.id
      AND ${contact.replaceAll(':day', day).replaceAll(':instant', instant)})`;
