import { coarse, type Identifier, Redactor, WordText } from '../../../libraries/redaction';
import type { TransactionRunner } from '../../../platform/database/transaction-runner';
import { findSelectionName } from '../../selection';
import { SELECT_NAMED_CANDIDATES } from '../queries/named-members.queries';

interface Candidate {
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly birth_name: string | null;
  readonly company_name: string | null;
}

/** Redaction does not treat shorter words as names either. */
const MIN_NAME_LETTERS = 2;

/**
 * Counts the members of a run whose present or former name occurs in a text that belongs to no customer, such as the
 * run's reference. Only names are compared, so a million members cost one pass over their names.
 */
export async function namedMembers(transaction: TransactionRunner, runId: string, text: string): Promise<number> {
  const words = keysOf(text);
  if (words.length === 0) return 0;
  const candidates = await transaction.query<Candidate>(SELECT_NAMED_CANDIDATES, [runId, words]);
  return candidates.filter((candidate) => new Redactor(identifiersOf(candidate)).finds(text)).length;
}

/** Like {@link namedMembers}, for the name of the run's selection; 0 for a run without one. */
export async function membersNamedBySelection(
  transaction: TransactionRunner,
  { id, selection_id }: { readonly id: string; readonly selection_id: string | null },
): Promise<number> {
  const name = selection_id === null ? undefined : await findSelectionName(transaction, selection_id);
  return name === undefined ? 0 : namedMembers(transaction, id, name);
}

const keysOf = (text: string): string[] =>
  new WordText(text).words
    .map(({ plain }) => coarse(plain))
    .filter((key) => key.length >= MIN_NAME_LETTERS && /\p{L}/u.test(key));

function identifiersOf({ first_name, last_name, birth_name, company_name }: Candidate): Identifier[] {
  const kinds = [
    ['FIRST_NAME', first_name],
    ['LAST_NAME', last_name],
    ['BIRTH_NAME', birth_name],
    ['COMPANY_NAME', company_name],
  ] as const;
  return kinds.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }]));
}
