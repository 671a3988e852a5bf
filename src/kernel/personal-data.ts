import type { IdentifierKind } from '../libraries/redaction';
import type { Ground } from './retention';

/**
 * Vocabulary of the data map. Every column of every table declares its category and its treatment in an anonymization.
 * Erasure, preview, sealed copies, export and `docs/data-map.md` are derived from these declarations.
 */

/** What an anonymization does with a column or with a whole row of the customer; from erased to kept. */
export const TREATMENTS = ['ERASE_ROWS', 'ERASE', 'REPLACE', 'REDACT', 'SEAL', 'KEEP'] as const;
export type Treatment = (typeof TREATMENTS)[number];

export const CATEGORIES = [
  'IDENTITY',
  'CONTACT',
  'HEALTH',
  'FINANCE',
  'FREE_TEXT',
  'CONTENT',
  'RECORD',
  'NOT_PERSONAL',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The modules that the data map, the effects of an anonymization and the audit log name. */
export const MODULE_NAMES = [
  'customer',
  'finance',
  'device',
  'loyalty',
  'archive',
  'selection',
  'anonymization',
  'audit',
  'employee',
  'branch',
  'platform',
] as const;
export type ModuleName = (typeof MODULE_NAMES)[number];

/** Source of a replaced column's new value. */
export type Replacement =
  | { readonly source: 'CONSTANT'; readonly value: string }
  /** `Anonymisiert am 23.11.2026 von Erika Beispiel` */
  | { readonly source: 'LABEL' }
  /** the instant, the business date, the acting employee, the run of the anonymization */
  | { readonly source: 'INSTANT' | 'TODAY' | 'ACTOR' | 'RUN' };

/** An SQL condition on a row of the table, which it calls `t`. The erasure replaces `t` with the name of the table. */
export type RowCondition = string;

/** What an empty column stands for: the customer's own data. The value must be written out when that data is erased. */
export type Default = 'CUSTOMER_NAME' | 'CUSTOMER_ADDRESS';

/**
 * Rows that are copied with the customer's name and sealed before anything is erased. Expressions and conditions are
 * SQL on the table `t`. The parameter `:timeZone` converts the instant of a till receipt to a day.
 */
export interface SealedRows {
  readonly ground: Ground;
  /** name of the list in the copy */
  readonly list: string;
  /** condition for rows to be copied */
  readonly when?: RowCondition;
  /**
   * date whose calendar year starts the period. NULL and infinite dates count as today. A part without this date does
   * not extend the period.
   */
  readonly startsOn?: string;
  /** name of that date in the copy, when no column of the table contains it */
  readonly startsOnAs?: string;
  /** value shared by rows that belong together, which are filed under the year of the latest one */
  readonly group?: string;
  /** set for rows that are part of a row of another table */
  readonly partOf?: { readonly table: string; readonly by: string };
  readonly order: string;
  /** columns to leave out, because the legal ground does not require them */
  readonly without?: readonly string[];
}

/** How sealed copies name a row of another table. */
export interface CopiedReference {
  /** column that refers to the row, in whatever table */
  readonly column: string;
  /** name in the copy → column of the row */
  readonly values: Readonly<Record<string, string>>;
}

/** SQL of the owner of a table for a merge of two customers. $1 is the source, $2 the target. */
interface MergeStatements {
  /** moves the rows of the source, some of which could conflict with rows of the target */
  readonly move: string;
  /** condition of rows that are deleted before that; it calls the table by its name */
  readonly surplus?: RowCondition;
  /** locks the rows that also belong to other customers, before any table changes */
  readonly lock?: string;
}

/** What a merge does with the rows of the source, other than to set their customer to the target. */
export type MergeRule =
  | MergeStatements
  /** deletes them */
  | 'DELETE'
  /** nothing: they describe the source, which the owner closes */
  | 'STAY'
  /** nothing: code of the owner moves them */
  | 'MOVED_BY_OWNER';

export interface ColumnRule {
  readonly treatment: Treatment;
  readonly category: Category;
  readonly reason: string;
  /** Set when the value identifies the customer in free text. */
  readonly identifies?: IdentifierKind;
  /**
   * Set when the column contains names of cost bearers, branches, employees or articles. A copied name that equals one
   * of them identifies no customer.
   */
  readonly namesOthers?: boolean;
  readonly replacement?: Replacement;
  /** Replace only in rows that meet this condition. */
  readonly when?: RowCondition;
  /** Also replace an empty column. By default NULL stays NULL. */
  readonly evenIfEmpty?: boolean;
  /** Meaning of an empty value: the customer's own name or address. */
  readonly ifEmpty?: Default;
  /**
   * Set for the number of a record or a device. It may equal the number of a card or a phone, by chance or on purpose.
   */
  readonly isRecordNumber?: boolean;
  /** Set for a record number that is replaced by a surrogate when it names the customer. */
  readonly hasSurrogate?: boolean;
}

export type TableRule =
  | {
      readonly kind: 'OF_CUSTOMER';
      /** columns that reference the customer */
      readonly customerColumns: readonly string[];
      /** the rows to erase: all rows, or those that meet the condition */
      readonly eraseRows?: { readonly reason: string; readonly when?: RowCondition };
      /** the rows to copy with the name and to seal */
      readonly sealed?: SealedRows;
      /** condition of rows that the anonymization itself has just written */
      readonly exceptRows?: RowCondition;
      /** rows that show a contact with the customer on or after a day */
      readonly contact?: RowCondition;
      /** without it, a merge sets the customer columns to the target */
      readonly onMerge?: MergeRule;
      /** column with the type of a record in warnings; without it, the name of the table is the type */
      readonly recordTypeColumn?: string;
    }
  | { readonly kind: 'ABOUT_CUSTOMER'; readonly reason: string }
  | { readonly kind: 'NO_CUSTOMER_DATA'; readonly reason: string };

/** Kind of identifier of a value, or `NOBODY` for a value that alone identifies no one, such as a city. */
type Identifies = IdentifierKind | 'NOBODY';

/** Default kind of identifier by category: names, streets, contacts, and the contacts in a note. */
const IDENTIFIES_BY_CATEGORY: Partial<Record<Category, IdentifierKind>> = {
  IDENTITY: 'COPIED_NAME',
  CONTACT: 'ADDRESS',
  FREE_TEXT: 'NOTE',
};

const identifierOf = (category: Category, identifies?: Identifies): IdentifierKind | undefined =>
  identifies === 'NOBODY' ? undefined : (identifies ?? IDENTIFIES_BY_CATEGORY[category]);

interface Declaration {
  table?: TableRule;
  erasedRows?: { readonly reason: string; readonly when?: RowCondition };
  sealedRows?: SealedRows;
  contact?: RowCondition;
  onMerge?: MergeRule;
  recordTypeColumn?: string;
  copiedReference?: CopiedReference;
  readonly columns: Map<string, ColumnRule>;
  readonly namesOfOthers: Set<string>;
  readonly defaults: Map<string, Default>;
}

// Decorators run while the classes are loaded, so declarations are stored next to the class and read when the map is
// built.
const declarations = new Map<object, Declaration>();

function declarationOf(entity: object): Declaration {
  let declaration = declarations.get(entity);
  if (declaration === undefined)
    declarations.set(entity, (declaration = { columns: new Map(), namesOfOthers: new Set(), defaults: new Map() }));
  return declaration;
}

/** The rule that the class declares for its table; undefined without a declaration. */
export function tableRuleOf(entity: object): TableRule | undefined {
  const declaration = declarations.get(entity);
  const rule = declaration?.table;
  if (rule?.kind !== 'OF_CUSTOMER') return rule;
  const { erasedRows, sealedRows, contact, onMerge, recordTypeColumn } = declaration!;
  return { ...rule, eraseRows: erasedRows, sealed: sealedRows, contact, onMerge, recordTypeColumn };
}

/** How copies name the rows of the class's table, or undefined when they do not. */
export const copiedReferenceOf = (entity: object): CopiedReference | undefined =>
  declarations.get(entity)?.copiedReference;

/** The rule that the class declares for the column of the property; undefined without a declaration. */
export function columnRuleOf(entity: object, property: string): ColumnRule | undefined {
  const declaration = declarations.get(entity);
  const rule = declaration?.columns.get(property);
  const ifEmpty = declaration?.defaults.get(property);
  if (rule === undefined) return undefined;
  return {
    ...rule,
    ...(declaration?.namesOfOthers.has(property) ? { namesOthers: true } : {}),
    ...(ifEmpty === undefined ? {} : { ifEmpty }),
  };
}

const onTable =
  (rule: TableRule): ClassDecorator =>
  (entity) => {
    declarationOf(entity).table = rule;
  };

const onColumn =
  (rule: ColumnRule): PropertyDecorator =>
  (prototype, property) => {
    declarationOf(prototype.constructor).columns.set(String(property), rule);
  };

/**
 * The column contains names of cost bearers, branches, employees or articles. A copied name that equals one of them
 * identifies no customer.
 */
export const NamesOthers = (): PropertyDecorator => (prototype, property) => {
  declarationOf(prototype.constructor).namesOfOthers.add(String(property));
};

/**
 * A table whose rows each belong to one customer, or to two, such as a relationship. Guard triggers refuse writes once
 * that customer is anonymized.
 */
export const OfCustomer = (...customerColumns: string[]) => onTable({ kind: 'OF_CUSTOMER', customerColumns });

/**
 * Like {@link OfCustomer}, for a table to which the anonymization itself adds rows. Rows that meet `exceptRows` are not
 * changed.
 */
export const OfCustomerExcept = (customerColumn: string, exceptRows: RowCondition) =>
  onTable({ kind: 'OF_CUSTOMER', customerColumns: [customerColumn], exceptRows });

/**
 * An operational table that references customers by id and contains no value from a personal column. It has neither a
 * guard nor a foreign key.
 */
export const AboutCustomer = (reason: string) => onTable({ kind: 'ABOUT_CUSTOMER', reason });

export const HoldsNoCustomerData = (reason: string) => onTable({ kind: 'NO_CUSTOMER_DATA', reason });

/** Erases all rows of the customer, or only those that meet `when`. */
export const EraseRows =
  (reason: string, when?: RowCondition): ClassDecorator =>
  (entity) => {
    declarationOf(entity).erasedRows = { reason, when };
  };

/** Copies the rows with the customer's name and seals the copy for the period that the legal ground requires. */
export const SealWithName =
  (ground: Ground, rows: Omit<SealedRows, 'ground'>): ClassDecorator =>
  (entity) => {
    declarationOf(entity).sealedRows = { ground, ...rows };
  };

/** A sealed copy of a record that refers to a row of this table holds these values of the row instead of its id. */
export const NamedInCopies =
  (column: string, values: CopiedReference['values']): ClassDecorator =>
  (entity) => {
    declarationOf(entity).copiedReference = { column, values };
  };

/**
 * Rows that show a contact with the customer on or after a day. The condition names the day `:day`, and its first
 * instant in the shop's time zone `:instant`. `greatest` ignores NULL.
 */
export const ShowsContact =
  (when: RowCondition): ClassDecorator =>
  (entity) => {
    declarationOf(entity).contact = when;
  };

/**
 * What a merge does with the rows of the source. Without it, a merge sets the columns of {@link OfCustomer} to the
 * target.
 */
export const OnMerge =
  (rule: MergeRule): ClassDecorator =>
  (entity) => {
    declarationOf(entity).onMerge = rule;
  };

/** The column contains the type of a record in warnings, because records of several types share the table. */
export const RecordTypeIn =
  (column: string): ClassDecorator =>
  (entity) => {
    declarationOf(entity).recordTypeColumn = column;
  };

/** An empty value stands for the customer's own name or address. */
export const MeansIfEmpty =
  (value: Default): PropertyDecorator =>
  (prototype, property) => {
    declarationOf(prototype.constructor).defaults.set(String(property), value);
  };

/** A key, a reference or a technical value. It contains no information about a person. */
export const NotPersonal = (reason = 'key, reference or technical value') =>
  onColumn({ treatment: 'KEEP', category: 'NOT_PERSONAL', reason });

/** Keeps the value on a legal ground, until an end that the reason states. */
export const Keep = (reason: string, category: Category = 'RECORD') =>
  onColumn({ treatment: 'KEEP', category, reason });

/** Like {@link Keep}, for a number that identifies a record or a device. */
export const KeepNumber = (reason: string) =>
  onColumn({ treatment: 'KEEP', category: 'RECORD', reason, isRecordNumber: true });

/**
 * Keeps the number of a record that was never issued to third parties. If it names the customer, a random surrogate
 * replaces it.
 */
export const KeepNumberOrSurrogate = (reason: string) =>
  onColumn({ treatment: 'KEEP', category: 'RECORD', reason, isRecordNumber: true, hasSurrogate: true });

/** Erases the value with its row, in a table whose rows are erased. */
export const EraseWithRow = (category: Category, identifies?: Identifies) =>
  onColumn({
    treatment: 'ERASE_ROWS',
    category,
    reason: 'the row is erased',
    identifies: identifierOf(category, identifies),
  });

/** Sets the column to NULL. */
export const Erase = (category: Category, identifies?: Identifies) =>
  onColumn({
    treatment: 'ERASE',
    category,
    reason: 'no ground to keep it',
    identifies: identifierOf(category, identifies),
  });

interface ReplaceOptions {
  readonly reason?: string;
  readonly identifies?: Identifies;
  readonly when?: RowCondition;
  readonly evenIfEmpty?: boolean;
}

/** Replaces the value. NULL stays NULL unless `evenIfEmpty` is set. */
export const Replace = (category: Category, replacement: Replacement, options: ReplaceOptions = {}) =>
  onColumn({
    treatment: 'REPLACE',
    category,
    replacement,
    reason: 'a readable stub remains',
    ...options,
    identifies: identifierOf(category, options.identifies),
  });

/** Keeps the text, and removes values from it that identify the customer. */
export const Redact = (reason: string) => onColumn({ treatment: 'REDACT', category: 'FREE_TEXT', reason });

/** Keeps the content until the end of its retention, readable only with the offline key. */
export const Seal = (reason: string) => onColumn({ treatment: 'SEAL', category: 'CONTENT', reason });

export const LABEL: Replacement = { source: 'LABEL' };
export const constant = (value: string): Replacement => ({ source: 'CONSTANT', value });

/** The label, `Anonymisiert am 23.11.2026 von Erika Beispiel`; `today` is `YYYY-MM-DD`. */
export function anonymizedLabel(today: string, displayName: string): string {
  const [year, month, day] = today.split('-');
  return `Anonymisiert am ${day}.${month}.${year} von ${displayName}`;
}
