import { CUSTOMERS, FORMER_NAMES } from '../../customer';

/** Expression: the names, and first and last name written together in both orders. */
const NAMES = `concat_ws(' ', first_name, last_name, birth_name, company_name,
      replace(first_name || last_name, ' ', ''), replace(last_name || first_name, ' ', ''))`;

/**
 * Expression: a text in lower case without marks. A name and its key in the redaction fold to the same letters, except
 * for the `e` of `ae`, `oe` and `ue`. Only rare letters need the normalization, which takes most of the time.
 */
const folded = (text: string) => `CASE
    WHEN ${text} ~ '[^ -~À-ž]' THEN replace(unaccent(lower(normalize(${text}, NFKD))), 'ς', 'σ')
    ELSE unaccent(lower(${text}))
  END`;

/** Expression: matches the word as a whole; every vowel that may be an umlaut may have an `e`. */
const patternOf = (word: string) => {
  const escaped = String.raw`regexp_replace(${folded(word)}, '[^[:alnum:]]', '\\\&', 'g')`;
  return String.raw`regexp_replace(${escaped}, '([aou])e*', '\1e*', 'g')`;
};

/**
 * Selects members whose names share a word with the text. They are few, and redaction then checks each.
 * $1 words
 *
 * @param members relation with a column `customer_id`
 */
const selectNamed = (members: string) => `
  WITH searched AS (
    SELECT '(?:^|[^[:alnum:]])(?:' || string_agg(${patternOf('word')}, '|') || ')(?:$|[^[:alnum:]])' AS pattern
    FROM unnest($1::text[]) AS word),
  member AS NOT MATERIALIZED (
    SELECT customer.id, customer.first_name, customer.last_name, customer.birth_name, customer.company_name
    FROM ${members} item
      JOIN ${CUSTOMERS} customer ON customer.id = item.customer_id
    WHERE customer.anonymized_at IS NULL),
  identity AS NOT MATERIALIZED (
    SELECT first_name, last_name, birth_name, company_name
    FROM member
    UNION ALL
    SELECT former.first_name, former.last_name, former.birth_name, former.company_name
    FROM ${FORMER_NAMES} former
      JOIN member ON member.id = former.customer_id)
  SELECT first_name, last_name, birth_name, company_name
  FROM identity
  WHERE ${folded(NAMES)} ~ (SELECT pattern FROM searched)`;

/** $1 words, $2 run */
export const SELECT_NAMED_ITEMS = selectNamed('(SELECT customer_id FROM anonymization_run_item WHERE run_id = $2)');

/** For a run that is previewed: the planner knows the size of its table of candidates. $1 words */
export const SELECT_NAMED_CANDIDATES = selectNamed('candidate');
