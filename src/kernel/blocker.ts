import type { BusinessDate } from './business-date';
import type { ModuleName } from './personal-data';

/**
 * Every reason that blocks an anonymization, with its rule (docs/concepts.md#rules): a merged customer (rule 0), open
 * business (rules 1 to 5), and the legal hold (rule 6).
 */
export const BLOCKER_RULES = {
  CUSTOMER_MERGED: 0,
  UNPAID_INVOICE: 1,
  RECENT_INVOICE: 1,
  RUNNING_SERVICE_CONTRACT: 2,
  OPEN_CARE_CASE: 3,
  UNRETURNED_TRIAL_DEVICE: 4,
  ACTIVE_PROGRAM_CARD: 5,
  LEGAL_HOLD: 6,
} as const;
export type BlockerCode = keyof typeof BLOCKER_RULES;

export const BLOCKER_CODES = Object.keys(BLOCKER_RULES) as readonly BlockerCode[];

export const BLOCKING_RECORD_TYPES = [
  'CUSTOMER',
  'INVOICE',
  'CREDIT_NOTE',
  'SERVICE_CONTRACT',
  'CARE_CASE',
  'DEVICE_LOAN',
  'CUSTOMER_CARD',
  'LEGAL_HOLD',
] as const;
export type BlockingRecordType = (typeof BLOCKING_RECORD_TYPES)[number];

/** A record that blocks an anonymization. */
export interface Blocker {
  readonly rule: (typeof BLOCKER_RULES)[BlockerCode];
  readonly code: BlockerCode;
  readonly module: ModuleName;
  readonly recordType: BlockingRecordType;
  readonly recordId: string;
  readonly recordNumber: string | null;
  readonly date: BusinessDate | null;
  /** First day on which the record no longer blocks; null when it blocks until someone acts. */
  readonly clearsOn: BusinessDate | null;
}

/** Conditions that an operator should know before an anonymization. They never block it. */
export const WARNING_CODES = [
  'FISCAL_RETENTION',
  'DEVICE_RETENTION',
  'RECIPIENT_ADDRESS_MISSING',
  'FREE_TEXT_IN_OTHER_RECORDS',
  'REMAINING_PROGRAM_VALUE',
  'RELATED_CUSTOMERS',
  'PERSONAL_VALUE_IN_NUMBER',
  'PERSONAL_VALUE_IN_SELECTION_NAME',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** Records whose number or name may name the customer. */
export const WARNED_RECORD_TYPES = [
  'CUSTOMER',
  'INVOICE',
  'CREDIT_NOTE',
  'INVOICE_LINE',
  'QUOTE',
  'RECEIPT',
  'SERVICE_CONTRACT',
  'CARE_CASE',
  'STOCK_ITEM',
  'SELECTION',
] as const;
export type WarnedRecordType = (typeof WARNED_RECORD_TYPES)[number];

export interface Warning {
  readonly code: WarningCode;
  readonly module: ModuleName;
  readonly count: number;
  readonly until?: BusinessDate;
  /** the records concerned, by id only, because the warning is about their number or name */
  readonly records?: readonly { readonly recordType: WarnedRecordType; readonly recordId: string }[];
}

/**
 * The blockers of a module as one SELECT, so that one customer and a million are checked by the same SQL.
 *
 * The statement may use the relation `candidates(customer_id uuid)` and the placeholders `:today` (date) and
 * `:recentInvoiceMonths` (integer). It returns the columns of {@link BLOCKER_COLUMNS}.
 */
export type BlockerQuery = string;

export const BLOCKER_COLUMNS =
  'customer_id, rule, code, module, record_type, record_id, record_number, date, clears_on';

/** SQL of the columns `rule` and `code` of {@link BLOCKER_COLUMNS}. */
export const ruleAndCode = (code: BlockerCode): string => `${BLOCKER_RULES[code]} AS rule, '${code}' AS code`;

/** SQL of the columns `code` and `module` of a warning. */
export const codeAndModule = (code: WarningCode, module: ModuleName): string =>
  `'${code}' AS code, '${module}' AS module`;

/**
 * The warnings of a module as one SELECT over `candidates` with `:today`. It returns the columns customer_id, code,
 * module, count, until.
 */
export type WarningQuery = string;

/** Statements on a table that stores blockers of customers. */
export interface BlockerTable {
  /** run_id (NULL outside of runs), customer_id and blockers of the customers $1 */
  readonly select: string;
  /** stores the blockers $2 of the customer $1, in the run $3 if the row has one */
  readonly update: string;
}

const blockerTables = new Map<object, BlockerTable>();

/** The table stores blockers, each with the number of its record, which may name the customer. */
export const StoresBlockers =
  (statements: BlockerTable): ClassDecorator =>
  (entity) => {
    blockerTables.set(entity, statements);
  };

/** The statements of an entity whose table stores blockers. */
export const blockerTableOf = (entity: object): BlockerTable | undefined => blockerTables.get(entity);
