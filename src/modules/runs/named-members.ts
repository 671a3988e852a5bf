import { coarse, type Identifier, Redactor, WordText } from '../../libraries/redaction';
import type { TransactionRunner } from '../../platform/database/transaction-runner';
import { CUSTOMERS, FORMER_NAMES } from '../customer';
import { findSelectionName } from '../selection';

interface Candidate {
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly birth_name: string | null;
  readonly company_name: string | null;
}

/** Redaction does not treat shorter words as names either. */
const MIN_NAME_LETTERS = 2;

const MARKS = 'äàáâãåāăąæçćčďđéèêëēėęěğíìîïīıłľñńňóòôõöøőœřśšşșťțúùûüūůűųýÿžźżйё';
const PLAIN = 'aaaaaaaaaacccddeeeeeeeegiiiiiillnnnoooooooorssssttuuuuuuuuyyzzzие';
const SEPARATORS = `-.,;:/&()_"`;

/** Expression: the words of a name in the normal form of {@link keysOf}, followed by the joined names. */
const WORDS = (() => {
  const joined = ['first_name || last_name', 'last_name || first_name'].map((name) => `replace(${name}, ' ', '')`);
  const names = `lower(normalize(concat_ws(' ', first_name, last_name, birth_name, company_name, ${joined.join(', ')}), NFC))`;
  const plain = `translate(replace(${names}, '''', ' '), '${MARKS}${SEPARATORS}', '${PLAIN}${' '.repeat(SEPARATORS.length)}')`;
  const coarsened = ['ae', 'oe', 'ue'].reduce((form, pair) => `replace(${form}, '${pair}', '${pair[0]}')`, plain);
  return `string_to_array(replace(${coarsened}, 'ß', 'ss'), ' ')`;
})();

/**
 * Selects members whose names share a word with the text. They are few, and redaction then checks each. $1 run, $2
 * words.
 */
const CANDIDATES = `
  WITH member AS (
    SELECT c.id, c.first_name, c.last_name, c.birth_name, c.company_name
    FROM anonymization_run_item item
    JOIN ${CUSTOMERS} c ON c.id = item.customer_id
    WHERE item.run_id = $1 AND c.anonymized_at IS NULL)
  SELECT first_name, last_name, birth_name, company_name FROM (
    SELECT first_name, last_name, birth_name, company_name FROM member
    UNION ALL
    SELECT f.first_name, f.last_name, f.birth_name, f.company_name
    FROM ${FORMER_NAMES} f
    JOIN member ON member.id = f.customer_id) AS identity
  WHERE ${WORDS} && $2::text[]`;

/**
 * Counts the members of a run whose present or former name occurs in a text that belongs to no customer, such as the
 * run's reference. Only names are compared, so a million members cost one pass over their names.
 */
export async function namedMembers(transaction: TransactionRunner, runId: string, text: string): Promise<number> {
  const words = keysOf(text);
  if (words.length === 0) return 0;
  const candidates = await transaction.query<Candidate>(CANDIDATES, [runId, words]);
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
