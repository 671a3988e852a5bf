import type { IdentifierKind } from '../libraries/redaction';
import type { Ground } from './retention';

/**
 * The data map's vocabulary. Every column of every table says, where it is declared, what it is and what anonymization
 * does to it. The erasure, the preview, the sealed copies, the export and `docs/data-map.md` are all derived from these
 * declarations.
 */

/** What happens to a column, or to the whole row, when its customer is anonymized. */
export type Treatment = 'ERASE_ROWS' | 'ERASE' | 'REPLACE' | 'REDACT' | 'SEAL' | 'KEEP';

export type Category =
  'IDENTITY' | 'CONTACT' | 'HEALTH' | 'FINANCE' | 'FREE_TEXT' | 'CONTENT' | 'RECORD' | 'NOT_PERSONAL';

/** The modules whose tables appear in the data map. */
export type ModuleName =
  | 'customer'
  | 'finance'
  | 'device'
  | 'loyalty'
  | 'archive'
  | 'selection'
  | 'anonymization'
  | 'audit'
  | 'employee'
  | 'branch'
  | 'platform';

/** Where a replaced column takes its new value from. */
export type Replacement =
  | { readonly source: 'CONSTANT'; readonly value: string }
  /** `Anonymisiert am 23.11.2026 von Erika Beispiel` */
  | { readonly source: 'LABEL' }
  /** the instant, the business date, the acting employee, the run of the anonymization */
  | { readonly source: 'INSTANT' | 'TODAY' | 'ACTOR' | 'RUN' };

/** An SQL condition on the columns of a row, which is called `t`; the erasure replaces `t` by the name of the table. */
export type RowCondition = string;

/** What an empty column stands for; it must be written out where the customer is forgotten. */
export type Default = 'CUSTOMER_NAME' | 'CUSTOMER_ADDRESS';

/**
 * Rows that are sealed as a copy with the customer's name before anything is erased. Expressions and conditions are SQL
 * on the table `t`; a receipt's instant becomes a day by the parameter `:timeZone`.
 */
export interface SealedRows {
  readonly ground: Ground;
  /** name of the list in the copy */
  readonly list: string;
  /** only these rows */
  readonly when?: RowCondition;
  /**
   * the date whose calendar year starts the period; NULL and infinite dates count as today. A part without one adds
   * none.
   */
  readonly startsOn?: string;
  /** the name under which the copy states that date, where no column of the table holds it */
  readonly startsOnAs?: string;
  /** what rows that belong together have in common; they lie in the year of the latest of them */
  readonly group?: string;
  /** rows that lie within those of another table */
  readonly partOf?: { readonly table: string; readonly by: string };
  readonly order: string;
  /** columns that the ground does not ask for */
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
   * identifies nobody.
   */
  readonly namesOthers?: boolean;
  readonly replacement?: Replacement;
  /** Replace only in rows that meet it. */
  readonly when?: RowCondition;
  /** Replace an empty column, too. By default NULL stays NULL. */
  readonly evenIfEmpty?: boolean;
  /** What an empty value means: the customer's own name or address. */
  readonly ifEmpty?: Default;
  /**
   * Set for the number of a record or a device: it may be the same as a card's or a telephone's by chance, or on
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
      /** rows that go as a whole: all of them, or those that meet the condition */
      readonly eraseRows?: { readonly reason: string; readonly when?: RowCondition };
      /** rows that are copied with the name and sealed */
      readonly sealed?: SealedRows;
      /** rows that the anonymization itself has just written */
      readonly exceptRows?: RowCondition;
    }
  | { readonly kind: 'ABOUT_CUSTOMER'; readonly reason: string }
  | { readonly kind: 'NO_CUSTOMER_DATA'; readonly reason: string };

/** What a value identifies the customer by, or that it says nothing by itself, such as a city. */
type Identifies = IdentifierKind | 'NOBODY';

/** Columns that do not say what they identify by: names, streets and contacts, the contacts in a note. */
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

// Decorators run while the classes load, so what they say is kept beside the class and read when the map is gathered.
const declarations = new Map<object, Declaration>();

function declarationOf(entity: object): Declaration {
  let declaration = declarations.get(entity);
  if (declaration === undefined)
    declarations.set(entity, (declaration = { columns: new Map(), namesOfOthers: new Set(), defaults: new Map() }));
  return declaration;
}

/** What the class says about its table, or undefined when it says nothing. */
export function tableRuleOf(entity: object): TableRule | undefined {
  const declaration = declarations.get(entity);
  const rule = declaration?.table;
  if (rule?.kind !== 'OF_CUSTOMER') return rule;
  return { ...rule, eraseRows: declaration?.erasedRows, sealed: declaration?.sealedRows };
}

/** What the class says about the column behind a property, or undefined when it says nothing. */
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
 * The column names cost bearers, branches, employees or articles: a copied name that equals one of them identifies
 * nobody.
 */
export const NamesOthers = (): PropertyDecorator => (prototype, property) => {
  declarationOf(prototype.constructor).namesOfOthers.add(String(property));
};

/**
 * A table whose rows belong to one customer (or to two, such as a relationship); its guard triggers refuse writes once
 * that one is anonymized.
 */
export const OfCustomer = (...customerColumns: string[]) => onTable({ kind: 'OF_CUSTOMER', customerColumns });

/**
 * The same for a table into which the anonymization itself writes rows; those that meet `exceptRows` are left as they
 * are.
 */
export const OfCustomerExcept = (customerColumn: string, exceptRows: RowCondition) =>
  onTable({ kind: 'OF_CUSTOMER', customerColumns: [customerColumn], exceptRows });

/**
 * A table of operations that names customers by id and holds no value from a personal column; it has neither guard nor
 * foreign key.
 */
export const AboutCustomer = (reason: string) => onTable({ kind: 'ABOUT_CUSTOMER', reason });

export const HoldsNoCustomerData = (reason: string) => onTable({ kind: 'NO_CUSTOMER_DATA', reason });

/** All rows of the customer go, or those that meet `when`. */
export const EraseRows =
  (reason: string, when?: RowCondition): ClassDecorator =>
  (entity) => {
    declarationOf(entity).erasedRows = { reason, when };
  };

/** The rows are copied with the customer's name, and the copy is sealed for as long as the ground asks. */
export const SealWithName =
  (ground: Ground, rows: Omit<SealedRows, 'ground'>): ClassDecorator =>
  (entity) => {
    declarationOf(entity).sealedRows = { ground, ...rows };
  };

/** An empty value stands for the customer's own. */
export const MeansIfEmpty =
  (value: Default): PropertyDecorator =>
  (prototype, property) => {
    declarationOf(prototype.constructor).defaults.set(String(property), value);
  };

/** Keys, references, technical instants: says nothing about a person. */
export const NotPersonal = (reason = 'key, reference or technical value') =>
  onColumn({ treatment: 'KEEP', category: 'NOT_PERSONAL', reason });

/** Stays, on a legal ground and until an end that the reason names. */
export const Keep = (reason: string, category: Category = 'RECORD') =>
  onColumn({ treatment: 'KEEP', category, reason });

/** The number by which a record or a device is told apart; stays like {@link Keep}. */
export const KeepNumber = (reason: string) =>
  onColumn({ treatment: 'KEEP', category: 'RECORD', reason, isRecordNumber: true });

/**
 * The number of a record that nobody outside was given: stays, but becomes a random surrogate when it names the
 * customer.
 */
export const KeepNumberOrSurrogate = (reason: string) =>
  onColumn({ treatment: 'KEEP', category: 'RECORD', reason, isRecordNumber: true, hasSurrogate: true });

/** Goes with its row (a column of a table whose rows are erased). */
export const GoesWithRow = (category: Category, identifies?: Identifies) =>
  onColumn({
    treatment: 'ERASE_ROWS',
    category,
    reason: 'the row is erased',
    identifies: identifierOf(category, identifies),
  });

/** Becomes NULL. */
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

/** Becomes the replacement; NULL stays NULL unless `evenIfEmpty`. */
export const Replace = (category: Category, replacement: Replacement, options: ReplaceOptions = {}) =>
  onColumn({
    treatment: 'REPLACE',
    category,
    replacement,
    reason: 'a readable stub stays',
    ...options,
    identifies: identifierOf(category, options.identifies),
  });

/** Stays as text without the customer's own identifying values (domain section 5). */
export const Redact = (reason: string) => onColumn({ treatment: 'REDACT', category: 'FREE_TEXT', reason });

/** Stays, readable only with the offline key, until its retention ends. */
export const Seal = (reason: string) => onColumn({ treatment: 'SEAL', category: 'CONTENT', reason });

export const LABEL: Replacement = { source: 'LABEL' };
export const constant = (value: string): Replacement => ({ source: 'CONSTANT', value });

/** `Anonymisiert am 23.11.2026 von Erika Beispiel` (domain A1); `today` is `YYYY-MM-DD`. */
export function anonymizedLabel(today: string, displayName: string): string {
  const [year, month, day] = today.split('-');
  return `Anonymisiert am ${day}.${month}.${year} von ${displayName}`;
}
