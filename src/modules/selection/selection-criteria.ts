import type { BusinessDate } from '../../kernel/business-date';
import { BRANCHES } from '../branch';
import { type CustomerStatus, RESIDENTIAL_ADDRESSES } from '../customer';

/** Whom a selection is about; all that are given must hold. */
export interface SelectionCriteria {
  readonly status?: readonly CustomerStatus[];
  readonly branchCode?: string;
  /** of the residential address */
  readonly postalCodePrefix?: string;
  /** strictly before; customers without a birth date do not count */
  readonly bornBefore?: BusinessDate;
  /** customer before the date, and no issued invoice or credit note on or after it */
  readonly noInvoiceSince?: BusinessDate;
  /** customer before the date, and no contact of any kind on or after it, see {@link CONTACTS} */
  readonly noContactSince?: BusinessDate;
  /** numbers that nobody has select nobody */
  readonly customerNumbers?: readonly string[];
}

/**
 * What counts as a contact beside `customer.last_contact_on`, which tells when something was recorded: the dates that
 * records carry. Conditions on a customer's row in each table, `:day` being the date and `:instant` the first instant
 * of that day in the shop's time zone. `greatest` passes NULL over.
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
    conditions.push(`c.branch_id = (SELECT id FROM ${BRANCHES} b WHERE code = ${parameter(branchCode, 'text')})`);
  if (postalCodePrefix !== undefined)
    conditions.push(`EXISTS (SELECT FROM ${RESIDENTIAL_ADDRESSES} a WHERE a.customer_id = c.id
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
      // the database notes the day in a time zone of its own, so the day before counts as well
      `(c.last_contact_on IS NULL OR c.last_contact_on < ${day} - 1)`,
      ...Object.entries(CONTACTS).map(([table, contact]) => without(table, contact, day, instant)),
    );
  }
  if (customerNumbers !== undefined)
    conditions.push(`c.customer_number = ANY (${parameter(customerNumbers, 'text[]')})`);
  return { condition: conditions.join(' AND '), parameters };
}

/** Absence of records says nothing about a customer who is new. */
const isCustomerBefore = (instant: string): string => `c.created_at < ${instant}`;

const without = (table: string, contact: string, day: string, instant: string): string =>
  `NOT EXISTS (SELECT FROM ${table} WHERE customer_id = c.id
      AND ${contact.replaceAll(':day', day).replaceAll(':instant', instant)})`;
