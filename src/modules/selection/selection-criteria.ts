import type { BusinessDate } from '../../kernel/business-date';
import { BRANCHES } from '../branch';
import { type CustomerStatus, RESIDENTIAL_ADDRESSES } from '../customer';
import type { CustomerTable } from '../data-map';

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
  /** customer since before the date, without any contact on or after it, see `ShowsContact` */
  readonly noContactSince?: BusinessDate;
  /** unknown numbers match no customer */
  readonly customerNumbers?: readonly string[];
}

/** The tables whose rows show contacts with their customers. */
export type ContactTables = readonly Pick<CustomerTable, 'name' | 'rule'>[];

/**
 * The SQL of the criteria on a customer `c`, and its parameters from $`first` on.
 *
 * @param tables all tables of customers' records: what counts as a contact besides `customer.last_contact_on`, which
 *   says when something was recorded
 */
export function whereCriteria(
  criteria: SelectionCriteria,
  first: number,
  startOfDay: (day: BusinessDate) => Date,
  tables: ContactTables,
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
    conditions.push(
      isCustomerBefore(instant),
      ...withoutContact(
        tables.filter(({ name }) => name === 'invoice'),
        day,
        instant,
      ),
    );
  }
  if (noContactSince !== undefined) {
    const day = parameter(noContactSince, 'date');
    const instant = parameter(startOfDay(noContactSince), 'timestamptz');
    conditions.push(
      isCustomerBefore(instant),
      `c.updated_at < ${instant}`,
      // the database stores the day in its own time zone, so the day before counts as well
      `(c.last_contact_on IS NULL OR c.last_contact_on < ${day} - 1)`,
      ...withoutContact(tables, day, instant),
    );
  }
  if (customerNumbers !== undefined)
    conditions.push(`c.customer_number = ANY (${parameter(customerNumbers, 'text[]')})`);
  return { condition: conditions.join(' AND '), parameters };
}

/** Condition: the customer existed before the instant. Without it, new customers without records would match. */
const isCustomerBefore = (instant: string): string => `c.created_at < ${instant}`;

function withoutContact(tables: ContactTables, day: string, instant: string): string[] {
  const contacts = tables.flatMap(({ name, rule: { contact } }) => (contact === undefined ? [] : [{ name, contact }]));
  // a criterion without a condition would match every customer
  if (contacts.length === 0) throw new Error('No table declares what shows a contact.');
  return contacts.map(
    ({ name, contact }) => `NOT EXISTS (SELECT FROM ${name} t WHERE t.customer_id = c.id
      AND ${contact.replaceAll(':day', day).replaceAll(':instant', instant)})`,
  );
}
