import type { MergedCustomer } from '../customer';

/** Maximum characters of a note after a merge; the limit for edits is lower. */
export const MAX_NOTE_CHARACTERS = 10_000;

/** A value of the source that the target cannot store, because its column has another value. */
export interface Leftover {
  /** column of the table customer */
  readonly column: string;
  readonly value: string;
}

/** Names are stored as former identities instead, because the moved texts contain them. */
const REMEMBERED_NAMES = new Set(['first_name', 'last_name', 'birth_name']);

const WORDS: Readonly<Record<string, string>> = {
  status: 'Status',
  salutation: 'Anrede',
  title: 'Titel',
  company_name: 'Firma',
  birth_date: 'Geburtsdatum',
  gender: 'Geschlecht',
  email: 'E-Mail',
  phone: 'Telefon',
  mobile: 'Mobil',
  physician: 'Arzt',
  note: 'Notiz',
};

const STATUS_WORDS: Readonly<Record<string, string>> = { DECEASED: 'verstorben', DELETED: 'gelöscht' };

/**
 * Lists the values that would be lost: personal columns that have different values in both customers, and a status that
 * the target lacks.
 */
export function leftoversOf(source: MergedCustomer, target: MergedCustomer): Leftover[] {
  return Object.entries({ ...source.personal, status: statusOf(source) }).flatMap(([column, value]) => {
    const other = column === 'status' ? target.status : target.personal[column];
    const isLost = value !== null && other !== null && value !== other && !REMEMBERED_NAMES.has(column);
    return isLost ? [{ column, value }] : [];
  });
}

/** The target's note after the merge: its own note or else the source's, and the leftovers, one per line. */
export function noteAfterMerge(
  source: MergedCustomer,
  target: MergedCustomer,
  leftovers: readonly Leftover[],
): string | null {
  const note = target.personal.note ?? source.personal.note ?? null;
  if (leftovers.length === 0) return note;
  const lines = leftovers.map(({ column, value }) => `${WORDS[column] ?? column}: ${inGerman(column, value)}`);
  const appended = [`Aus Zusammenführung mit ${source.customerNumber}:`, ...lines].join('\n');
  return note === null ? appended : `${note}\n\n${appended}`;
}

/**
 * Whether a column has a German label. Columns without one are listed by their database name, so that no value is lost.
 */
export const hasWord = (column: string): boolean => REMEMBERED_NAMES.has(column) || column in WORDS;

/** `ACTIVE` is the default, so nothing is lost. */
const statusOf = ({ status }: MergedCustomer): string | null => (status === 'ACTIVE' ? null : status);

function inGerman(column: string, value: string): string {
  if (column === 'status') return STATUS_WORDS[value] ?? value;
  return column === 'birth_date' ? value.split('-').reverse().join('.') : value;
}
