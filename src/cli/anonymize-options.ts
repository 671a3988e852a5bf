import { type Justification, type Reason, REASONS, REFERENCE } from '../modules/anonymization';
import type { CommandOptions, ValuesOf } from './define-command';

const text = { type: 'string' } as const;

export const ANONYMIZE_OPTIONS = {
  selection: { ...text, value: 'NAME', purpose: 'anonymizes the members of this selection' },
  'selection-id': { ...text, value: 'ID', purpose: 'the same by id, when several selections have one name' },
  run: { ...text, value: 'ID', purpose: 'a run that was previewed before' },
  'dry-run': { type: 'boolean', purpose: 'checks every customer and changes nothing' },
  as: { ...text, value: 'USERNAME', purpose: 'an administrator; the password is asked for' },
  'password-file': { ...text, value: 'FILE', purpose: 'the password is the first line of this file' },
  reason: { ...text, value: 'REASON', purpose: REASONS.join(', ') },
  reference: { ...text, value: 'NUMBER', purpose: 'a ticket number' },
  confirm: { ...text, value: 'COUNT', purpose: 'the number of customers who are ready, instead of typing it' },
} as const satisfies CommandOptions;

type Given = ValuesOf<typeof ANONYMIZE_OPTIONS>;

/** Which customers to anonymize. */
export type AnonymizeSubject =
  { readonly selection: string } | { readonly selectionId: string } | { readonly runId: string };

export interface AnonymizeOptions {
  readonly subject: AnonymizeSubject;
  readonly username: string;
  readonly passwordFile: string | null;
  /** null for a dry run */
  readonly justification: Justification | null;
  readonly confirmation: number | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns null for invalid options. */
export function readAnonymizeOptions(given: Given): AnonymizeOptions | null {
  const subject = subjectOf(given);
  const justification = given['dry-run'] === true ? null : justificationOf(given);
  if (subject === null || justification === undefined || given.as === undefined) return null;
  if (given.confirm !== undefined && !/^\d{1,9}$/.test(given.confirm)) return null;
  return {
    subject,
    username: given.as,
    passwordFile: given['password-file'] ?? null,
    justification,
    confirmation: given.confirm === undefined ? null : Number(given.confirm),
  };
}

/** Exactly one of the three options must be given. */
function subjectOf({ selection, 'selection-id': selectionId, run }: Given): AnonymizeSubject | null {
  const subjects = [
    selection === undefined ? null : { selection },
    selectionId === undefined || !/^\d{1,18}$/.test(selectionId) ? null : { selectionId },
    run === undefined || !UUID.test(run) ? null : { runId: run },
  ].filter((subject) => subject !== null);
  const count = [selection, selectionId, run].filter((value) => value !== undefined).length;
  return count === 1 ? (subjects[0] ?? null) : null;
}

function justificationOf({ reason, reference }: Given): Justification | undefined {
  if (!REASONS.includes(reason as Reason)) return undefined;
  if (reference !== undefined && !REFERENCE.test(reference)) return undefined;
  return { reason: reason as Reason, reference: reference ?? null };
}
