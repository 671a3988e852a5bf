import type { IdentifierKind } from '../libraries/redaction';
import type { Ground } from './retention';

/**
 * Vocabulary of the data map. Every column of every table declares its category and its treatment at anonymization. The
 * erasure, the preview, the sealed copies, the export and `docs/data-map.md` are all derived from these declarations.
 */

/** What happens to a column, or to the whole row, when its customer is anonymized; from erased to kept. */
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

/** Where a replaced column takes its new value from. */
export type Replacement =
  | { readonly source: 'CONSTANT'; readonly value: string }
  /** `Anonymisiert am 23.11.2026 von Erika Beispiel` */
  | { readonly source: 'LABEL' }
  /** the instant, the business date, the acting employee, the run of the anonymization */
  | { readonly source: 'INSTANT' | 'TODAY' | 'ACTOR' | 'RUN' };

/** SQL condition on the columns of a row with the alias `t`. The erasure replaces `t` with the name of the table. */
export type RowCondition = string;

/** Meaning of an empty column. The value must be written out when the customer's data is erased. */
export type Default = 'CUSTOMER_NAME' | 'CUSTOMER_ADDRESS';

/**
 * Rows that are sealed as a copy with the customer's name before anything is erased. Expressions and conditions are SQL
 * on the table `t`; the parameter `:timeZone` converts the instant of a till receipt to a day.
 */
export interface SealedRows {
  readonly ground: Ground;
  /** name of the list in the copy */
  readonly list: string;
  /** only rows that meet this condition */
  readonly when?: RowCondition;
  /**
   * date whose calendar year starts the period; NULL and infinite dates count as today. A part without a date adds
   * none.
   */
  readonly startsOn?: string;
  /** name of that date in the copy, where no column of the table holds it */
  readonly startsOnAs?: string;
  /** value shared by rows that belong together; they are filed under the year of the latest of them */
  readonly group?: string;
  /** set for rows that are part of a row of another table */
  readonly partOf?: { readonly table: string; readonly by: string };
  readonly order: string;
  /** columns that the legal ground does not require */
  readonly without?: readonly string[];
}

export interface ColumnRule {
  readonly treatment: Treatment;
  readonly category: Category;
  readonly reason: string;
  /** Set when the value identifies the customer in free text. */
  readonly identifies?: IdentifierKind;
  /**
   * Set when the column names cost bearers, branches, employees or articles: a copied name that equals one of them
   * identifies no customer.
   */
  readonly namesOthers?: boolean;
  readonly replacement?: Replacement;
  /** Replace only in rows that meet this condition. */
  readonly when?: RowCondition;
  /** Also replace an empty column. By default NULL stays NULL. */
  readonly evenIfEmpty?: boolean;
  /** What an empty value means: the customer's own name or address. */
  readonly ifEmpty?: Default;
  /**
   * Set for the number of a record or a device, which may equal the number of a card or a telephone by chance or on
   * purpose.
   */
  readonly isRecordNumber?: boolean;
  /** Set for the number of a record that becomes a surrogate when it names the customer. */
  readonly hasSurrogate?: boolean;
}

export type TableRule =
  | {
      readonly kind: 'OF_CUSTOMER';
      /** columns that refer to the customer */
      readonly customerColumns: readonly string[];
      /** rows that are erased: all of them, or those that meet the condition */
      readonly eraseRows?: { readonly reason: string; readonly when?: RowCondition };
      /** rows that are copied with the name and sealed */
      readonly sealed?: SealedRows;
      /** rows that the anonymization itself has just written */
      readonly exceptRows?: RowCondition;
    }
  | { readonly kind: 'ABOUT_CUSTOMER'; readonly reason: string }
  | { readonly kind: 'NO_CUSTOMER_DATA'; readonly reason: string };

/** Kind of identifier of a value, or `NOBODY` for a value that identifies no one by itself, such as a city. */
type Identifies = IdentifierKind | 'NOBODY';

/** Identifier kind of columns that do not declare one: names, streets and contacts, the contacts in a note. */
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
  readonly columns: Map<string, ColumnRule>;
  readonly namesOfOthers: Set<string>;
  readonly defaults: Map<string, Default>;
}

// Decorators run while the classes load, so declarations are kept beside the class and read when the map is built.
const declarations = new Map<object, Declaration>();

function declarationOf(entity: object): Declaration {
  let declaration = declarations.get(entity);
  if (declaration === undefined)
    declarations.set(entity, (declaration = { columns: new Map(), namesOfOthers: new Set(), defaults: new Map() }));
  return declaration;
}

/** The rule that the class declares for its table, or undefined without a declaration. */
export function tableRuleOf(entity: object): TableRule | undefined {
  const declaration = declarations.get(entity);
  const rule = declaration?.table;
  if (rule?.kind !== 'OF_CUSTOMER') return rule;
  return { ...rule, eraseRows: declaration?.erasedRows, sealed: declaration?.sealedRows };
}

/** The rule that the class declares for the column of a property, or undefined without a declaration. */
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
 * The column names cost bearers, branches, employees or articles: a copied name that equals one of them identifies no
 * customer.
 */
export const NamesOthers = (): PropertyDecorator => (prototype, property) => {
  declarationOf(prototype.constructor).namesOfOthers.add(String(property));
};

/**
 * A table whose rows belong to one customer (or to two, such as a relationship). Guard triggers refuse writes once that
 * customer is anonymized.
 */
export const OfCustomer = (...customerColumns: string[]) => onTable({ kind: 'OF_CUSTOMER', customerColumns });

/**
 * Like {@link OfCustomer}, for a table into which the anonymization itself writes rows. Rows that meet `exceptRows` are
 * left unchanged.
 */
export const OfCustomerExcept = (customerColumn: string, exceptRows: RowCondition) =>
  onTable({ kind: 'OF_CUSTOMER', customerColumns: [customerColumn], exceptRows });

/**
 * A table of operations that names customers by id and holds no value from a personal column. It has neither a guard
 * nor a foreign key.
 */
export const AboutCustomer = (reason: string) => onTable({ kind: 'ABOUT_CUSTOMER', reason });

export const HoldsNoCustomerData = (reason: string) => onTable({ kind: 'NO_CUSTOMER_DATA', reason });

/** Erases all rows of the customer, or those that meet `when`. */
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

/** An empty value means the customer's own. */
export const MeansIfEmpty =
  (value: Default): PropertyDecorator =>
  (prototype, property) => {
    declarationOf(prototype.constructor).defaults.set(String(property), value);
  };

/** Keys, references, technical instants. The column holds no information about a person. */
export const NotPersonal = (reason = 'key, reference or technical value') =>
  onColumn({ treatment: 'KEEP', category: 'NOT_PERSONAL', reason });

/** Keeps the value, on a legal ground and until an end that the reason names. */
export const Keep = (reason: string, category: Category = 'RECORD') =>
  onColumn({ treatment: 'KEEP', category, reason });

/** Keeps the number that identifies a record or a device, like {@link Keep}. */
export const KeepNumber = (reason: string) =>
  onColumn({ treatment: 'KEEP', category: 'RECORD', reason, isRecordNumber: true });

/**
 * Keeps the number of a record that was never given out, but replaces it with a random surrogate when it names the
 * customer.
 */
export const KeepNumberOrSurrogate = (reason: string) =>
  onColumn({ treatment: 'KEEP', category: 'RECORD', reason, isRecordNumber: true, hasSurrogate: true });

/** Erases the value with its row (a column of a table whose rows are erased). */
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

/** Replaces the value. NULL stays NULL unless `evenIfEmpty`. */
export const Replace = (category: Category, replacement: Replacement, options: ReplaceOptions = {}) =>
  onColumn({
    treatment: 'REPLACE',
    category,
    replacement,
    reason: 'a readable stub stays',
    ...options,
    identifies: identifierOf(category, options.identifies),
  });

/** Keeps the text and removes the customer's own identifying values from it (domain section 5). */
export const Redact = (reason: string) => onColumn({ treatment: 'REDACT', category: 'FREE_TEXT', reason });

/** Keeps the content until its retention ends, readable only with the offline key. */
export const Seal = (reason: string) => onColumn({ treatment: 'SEAL', category: 'CONTENT', reason });

export const LABEL: Replacement = { source: 'LABEL' };
export const constant = (value: string): Replacement => ({ source: 'CONSTANT', value });

/** `Anonymisiert am 23.11.2026 von Erika Beispiel` (domain A1); `today` is `YYYY-MM-DD`. */
export function anonymizedLabel(today: string, displayName: string): string {
  const [year, month, day] = today.split('-');
  return `Anonymisiert am ${day}.${month}.${year} von ${displayName}`;
}
