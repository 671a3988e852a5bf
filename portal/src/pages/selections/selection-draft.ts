import type { Schemas } from '../../api/client';
import { isUnread } from '../../ui/typed-field';

export type Criteria = Schemas['SelectionCriteriaRequest'];
type Status = NonNullable<Criteria['status']>[number];

export const STATUSES: readonly Status[] = ['ACTIVE', 'DECEASED', 'DELETED'];
export const MAX_CUSTOMER_NUMBERS = 10_000;

/** A selection that is not saved yet. It is never stored in a URL. */
export interface SelectionDraft {
  readonly name: string;
  readonly by: 'criteria' | 'numbers';
  readonly status: Status[];
  readonly branchCode: string;
  readonly postalCodePrefix: string;
  readonly bornBefore: string;
  readonly noInvoiceSince: string;
  readonly noContactSince: string;
  /** as typed or pasted, one per line */
  readonly customerNumbers: string;
}

export const NOTHING_CHOSEN: SelectionDraft = {
  name: '',
  by: 'criteria',
  status: [],
  branchCode: '',
  postalCodePrefix: '',
  bornBefore: '',
  noInvoiceSince: '',
  noContactSince: '',
  customerNumbers: '',
};

export const DAYS = ['bornBefore', 'noInvoiceSince', 'noContactSince'] as const;
const TEXTS = ['branchCode', 'postalCodePrefix', ...DAYS] as const;

/** The numbers without duplicates, in the order of the lines. */
export const numbersIn = ({ customerNumbers }: SelectionDraft): string[] => [
  ...new Set(
    customerNumbers
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/**
 * The criteria for the API; null while numbers are missing or too many, or a day is unreadable. Ignoring an unreadable
 * day would select more customers.
 */
export function criteriaOf(draft: SelectionDraft): Criteria | null {
  if (draft.by === 'numbers') {
    const customerNumbers = numbersIn(draft);
    return customerNumbers.length === 0 || customerNumbers.length > MAX_CUSTOMER_NUMBERS ? null : { customerNumbers };
  }
  if (DAYS.some((name) => isUnread(draft[name]))) return null;
  const texts = TEXTS.map((key) => [key, draft[key].trim()] as const).filter(([, text]) => text !== '');
  return { ...Object.fromEntries(texts), ...(draft.status.length === 0 ? {} : { status: draft.status }) };
}
