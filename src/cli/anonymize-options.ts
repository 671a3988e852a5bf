import { type Justification, type Reason, REASONS, REFERENCE } from '../modules/anonymization';
import type { CommandOptions, ValuesOf } from './define-command';

const text = { type: 'string' } as const;

export const ANONYMIZE_OPTIONS = {
  selection: { ...text, value: 'NAME', purpose: 'anonymizes the members of this selection' },
  'selection-id': { ...text, value: 'ID', purpose: 'the same by id, if several selections have the same name' },
  run: { ...text, value: 'ID', purpose: 'starts this run, which was previewed before' },
  'dry-run': { type: 'boolean', purpose: 'checks every customer and changes nothing' },
  as: { ...text, value: 'USERNAME', purpose: 'logs in as this administrator; the command asks for the password' },
  'password-file': { ...text, value: 'FILE', purpose: 'reads the password from the first line of this file' },
  reason: { ...text, value: 'REASON', purpose: `why the customers are anonymized: ${REASONS.join(', ')}` },
  reference: { ...text, value: 'NUMBER', purpose: 'a ticket number for the audit log' },
  confirm: {
    ...text,
    value: 'COUNT',
    purpose: 'confirms the number of ready customers, which the command otherwise asks for',
  },
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
