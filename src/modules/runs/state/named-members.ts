import { coarse, type Identifier, Redactor, WordText } from '../../../libraries/redaction';
import type { TransactionRunner } from '../../../platform/database/transaction-runner';
import { findSelectionName } from '../../selection';
import { SELECT_NAMED_CANDIDATES, SELECT_NAMED_ITEMS } from '../queries/named-members.queries';

/** The present or a former name of a member. */
interface Identity {
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
export function namedMembers(transaction: TransactionRunner, runId: string, text: string): Promise<number> {
  return countNamed(text, (words) => transaction.query(SELECT_NAMED_ITEMS, [words, runId]));
}

/**
 * Like {@link namedMembers}, for the name of a selection and the candidates of the run that is previewed; 0 for a run
 * without a selection.
 */
export async function candidatesNamedBySelection(
  transaction: TransactionRunner,
  selectionId: string | null,
): Promise<number> {
  const name = selectionId === null ? undefined : await findSelectionName(transaction, selectionId);
  return name === undefined ? 0 : countNamed(name, (words) => transaction.query(SELECT_NAMED_CANDIDATES, [words]));
}

async function countNamed(text: string, select: (words: readonly string[]) => Promise<Identity[]>): Promise<number> {
  const words = keysOf(text);
  if (words.length === 0) return 0;
  const identities = await select(words);
  return identities.filter((identity) => new Redactor(identifiersOf(identity)).finds(text)).length;
}

const keysOf = (text: string): string[] =>
  new WordText(text).words
    .map(({ plain }) => coarse(plain))
    .filter((key) => key.length >= MIN_NAME_LETTERS && /\p{L}/u.test(key));

function identifiersOf({ first_name, last_name, birth_name, company_name }: Identity): Identifier[] {
  const kinds = [
    ['FIRST_NAME', first_name],
    ['LAST_NAME', last_name],
    ['BIRTH_NAME', birth_name],
    ['COMPANY_NAME', company_name],
  ] as const;
  return kinds.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }]));
}
