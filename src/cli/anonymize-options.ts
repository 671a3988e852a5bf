import { parseArgs } from 'node:util';
import { type Justification, type Reason, REASONS, REFERENCE } from '../modules/anonymization';

export const ANONYMIZE_USAGE = `Usage: npm run anonymize -- --selection NAME --as USERNAME --reason REASON [options]
       npm run anonymize -- --selection NAME --as USERNAME --dry-run

  --selection NAME      whom to anonymize: the members of this selection
  --selection-id ID     the same by its id, where two selections have one name
  --run ID              a run that was previewed before, such as by somebody else
  --dry-run             judges everybody, and changes nothing
  --as USERNAME         an administrator; the password is asked for
  --password-file FILE  the password is the first line of this file
  --reason REASON       ${REASONS.join(', ')}
  --reference NUMBER    a ticket number
  --confirm COUNT       the number of customers who are ready, instead of typing it

Exit code: 0 done, 1 refused or failed, 2 wrong usage, 3 some customers could not be anonymized, 130 left with Ctrl-C.`;

/** Whom a run is about. */
export type AnonymizeSubject =
  { readonly selection: string } | { readonly selectionId: string } | { readonly runId: string };

export interface AnonymizeOptions {
  readonly subject: AnonymizeSubject;
  readonly username: string;
  readonly passwordFile: string | null;
  /** null: a dry run */
  readonly justification: Justification | null;
  readonly confirmation: number | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Null for wrong usage. */
export function readAnonymizeOptions(parameters: readonly string[]): AnonymizeOptions | null {
  const given = parse(parameters);
  if (given === null) return null;
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

function parse(parameters: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        selection: text,
        'selection-id': text,
        run: text,
        'dry-run': { type: 'boolean' },
        as: text,
        'password-file': text,
        reason: text,
        reference: text,
        confirm: text,
      },
    }).values;
  } catch {
    return null; // the usage says what is right
  }
}

type Given = NonNullable<ReturnType<typeof parse>>;

/** Exactly one of the three. */
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
