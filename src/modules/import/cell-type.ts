import { isBusinessDate } from '../../kernel/business-date';
import { isInstant } from '../../kernel/instant';
import type { ImportCode } from './import-error';

/** The allowed values of a cell. Empty cells are NULL and are not checked. */
export interface CellType {
  /** type of the staging column */
  readonly sql: string;
  /** description for authors of import files */
  readonly form: string;
  /** null for an allowed value */
  problemOf(text: string): ImportCode | null;
  /** converts the value to its stored form; by default the text itself */
  toStored?(text: string): string;
}

const AMOUNT = /^-?\d+(\.\d{1,2})?$/;

/** Free text; `maximum` is in characters. */
export const text = (maximum = 200): CellType => ({
  sql: 'text',
  form: `up to ${maximum.toLocaleString('en')} characters`,
  problemOf(value) {
    if (value.includes('\0')) return 'INVALID_CHARACTER';
    return value.length > maximum && Array.from(value).length > maximum ? 'TOO_LONG' : null;
  },
});

export const oneOf = (...values: readonly string[]): CellType => ({
  sql: 'text',
  form: values.map((value) => `\`${value}\``).join(', '),
  problemOf: (value) => (values.includes(value) ? null : 'INVALID_VALUE'),
});

/** Free text from other systems, stored in capitals. */
export const capitals: CellType = { ...text(), toStored: (value) => value.toUpperCase() };

/** PostgreSQL has no year 0. */
const isStorableDate = (value: string) => isBusinessDate(value) && !value.startsWith('0000');

export const date: CellType = {
  sql: 'date',
  form: '`YYYY-MM-DD`',
  problemOf: (value) => (isStorableDate(value) ? null : 'INVALID_DATE'),
};

export const instant: CellType = {
  sql: 'timestamptz',
  form: 'ISO 8601 with offset, `2026-11-23T10:00:00+01:00`',
  problemOf: (value) => (isInstant(value) ? null : 'INVALID_INSTANT'),
};

/** Euros with a decimal point, stored as cents. */
const money = (mayBeNegative: boolean): CellType => ({
  sql: 'bigint',
  form: mayBeNegative ? 'euros, `-1234.50`' : 'euros, `1234.50`, not negative',
  problemOf(value) {
    if (!AMOUNT.test(value)) return 'INVALID_AMOUNT';
    const cents = Number(centsOf(value));
    if (!Number.isSafeInteger(cents)) return 'OUT_OF_RANGE';
    return cents < 0 && !mayBeNegative ? 'NEGATIVE_AMOUNT' : null;
  },
  toStored: centsOf,
});
export const amount = money(false);
export const signedAmount = money(true);

function centsOf(value: string): string {
  const [euros = '', cents = ''] = value.split('.');
  return `${euros}${cents.padEnd(2, '0')}`;
}

export const integer: CellType = {
  sql: 'integer',
  form: 'whole number',
  problemOf: (value) => (/^-?\d{1,9}$/.test(value) ? null : 'INVALID_INTEGER'),
};

export const decimal: CellType = {
  sql: 'numeric',
  form: 'number',
  problemOf: (value) => (/^-?\d{1,9}(\.\d{1,6})?$/.test(value) ? null : 'INVALID_NUMBER'),
};

export const boolean: CellType = {
  sql: 'boolean',
  form: '`true` or `false`',
  problemOf: (value) => (value === 'true' || value === 'false' ? null : 'INVALID_BOOLEAN'),
};
