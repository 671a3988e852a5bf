import { CUSTOMERS, FORMER_NAMES } from '../../customer';

const MARKS = 'äàáâãåāăąæçćčďđéèêëēėęěğíìîïīıłľñńňóòôõöøőœřśšşșťțúùûüūůűųýÿžźżйё';
const PLAIN = 'aaaaaaaaaacccddeeeeeeeegiiiiiillnnnoooooooorssssttuuuuuuuuyyzzzие';
const SEPARATORS = `-.,;:/&()_"`;

/** Expression: the words of a name in the normal form of the searched words, followed by the joined names. */
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
export const SELECT_NAMED_CANDIDATES = `
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
