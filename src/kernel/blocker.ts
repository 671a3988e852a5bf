import type { BusinessDate } from './business-date';

/**
 * Every reason that stops an anonymization: a merged customer (rule 0), the five rules of the form, and the law's own as the sixth (domain section 6).
 */
export const BLOCKER_CODES = [
  'CUSTOMER_MERGED',
  'UNPAID_INVOICE',
  'RECENT_INVOICE',
  'RUNNING_SERVICE_CONTRACT',
  'OPEN_CARE_CASE',
  'UNRETURNED_TRIAL_DEVICE',
  'ACTIVE_PROGRAM_CARD',
  'LEGAL_HOLD',
] as const;
export type BlockerCode = (typeof BLOCKER_CODES)[number];

export type BlockingRecordType =
  | 'CUSTOMER'
  | 'INVOICE'
  | 'CREDIT_NOTE'
  | 'SERVICE_CONTRACT'
  | 'CARE_CASE'
  | 'DEVICE_LOAN'
  | 'CUSTOMER_CARD'
  | 'LEGAL_HOLD';

/** One record that stands in the way of an anonymization. */
export interface Blocker {
  readonly rule: 0 | 1 | 2 | 3 | 4 | 5 | 6;
  readonly code: BlockerCode;
  readonly module: 'finance' | 'device' | 'loyalty' | 'customer';
  readonly recordType: BlockingRecordType;
  readonly recordId: string;
  readonly recordNumber: string | null;
  readonly date: BusinessDate | null;
  /** The first day on which it no longer blocks by itself; null when somebody must act. */
  readonly clearsOn: BusinessDate | null;
}

export interface Warning {
  readonly code:
    | 'FISCAL_RETENTION'
    | 'DEVICE_RETENTION'
    | 'RECIPIENT_ADDRESS_MISSING'
    | 'FREE_TEXT_IN_OTHER_RECORDS'
    | 'REMAINING_PROGRAM_VALUE'
    | 'RELATED_CUSTOMERS'
    | 'PERSONAL_VALUE_IN_NUMBER'
    | 'PERSONAL_VALUE_IN_SELECTION_NAME';
  readonly module: string;
  readonly count: number;
  readonly until?: BusinessDate;
  /** the records meant, by id alone: their number or name is what the warning is about */
  readonly records?: readonly { readonly recordType: string; readonly recordId: string }[];
}

/**
 * A module's blockers as one SELECT, so that one customer and a million are judged by the same words.
 *
 * The statement may use the relation `subject(customer_id uuid)` and the placeholders `:today` (date) and `:recentInvoiceMonths` (integer), and
 * returns the columns of {@link BLOCKER_COLUMNS}.
 */
export type BlockerQuery = string;

export const BLOCKER_COLUMNS =
  'customer_id, rule, code, module, record_type, record_id, record_number, date, clears_on';

/** A module's warnings as one SELECT over `subject`, with `:today`; columns customer_id, code, module, count, until. */
export type WarningQuery = string;
