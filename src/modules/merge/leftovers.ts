import type { MergedCustomer } from '../customer';

/** Characters that a note may reach by a merge; a person may type fewer. */
export const MAX_NOTE_LENGTH = 10_000;

/** A value of the source that does not fit into the target, because the target has another one there. */
export interface Leftover {
  /** of the table customer */
  readonly column: string;
  readonly value: string;
}

/** Names live on as former identities: the texts that move name the source so. */
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
 * Lists what the target cannot take: every personal column that both have filled, each with another value, and a status
 * that the target lacks.
 */
export function leftoversOf(source: MergedCustomer, target: MergedCustomer): Leftover[] {
  return Object.entries({ ...source.personal, status: statusOf(source) }).flatMap(([column, value]) => {
    const other = column === 'status' ? target.status : target.personal[column];
    const isLost = value !== null && other !== null && value !== other && !REMEMBERED_NAMES.has(column);
    return isLost ? [{ column, value }] : [];
  });
}

/** The target's note after the merge: its own, or else the source's, and what would be lost, one value a line. */
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

/** A column that nobody has put into words yet is named as in the database: it must not be lost. */
export const hasWord = (column: string): boolean => REMEMBERED_NAMES.has(column) || column in WORDS;

/** `ACTIVE` says nothing that could be lost. */
const statusOf = ({ status }: MergedCustomer): string | null => (status === 'ACTIVE' ? null : status);

function inGerman(column: string, value: string): string {
  if (column === 'status') return STATUS_WORDS[value] ?? value;
  return column === 'birth_date' ? value.split('-').reverse().join('.') : value;
}
