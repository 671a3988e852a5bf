import { coarse } from '../../../../libraries/redaction';
import { SELECT_CUSTOMER_SUMMARY } from '../customer-summaries';

/**
 * Maximum number of matches that a search examines and returns. When there are more, it returns customers whose last
 * name begins with the search text, then some of the others: adding a word narrows the result better than paging.
 */
export const MAX_MATCHES = 2_000;

/**
 * The normalized words of one interpretation of the search text. Each of them must be a prefix of one of the customer's
 * words.
 */
export type Reading = readonly string[];

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const PHONE_FORM = /^[\d\s+\-/().]+$/;
const BEGINS_AS_PHONE = /^\D*[+0]/;
const MIN_PHONE_DIGITS = 4;
/** Shorter joined names are usually prefixes of other names: An Na and Anna. */
const MIN_JOINED_LETTERS = 6;
/** Scripts that write no blanks between words. */
const WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** More words than any name has. Each one costs time, and further ones would not narrow the result. */
const MAX_WORDS = 12;

/** The search text in the normal forms of the search index. */
export interface Folded {
  /** from `search_fold` */
  readonly words: string;
  /** from `search_phones` */
  readonly phones: readonly string[];
}

/**
 * Interpretations of the search text; a customer matches if any of them matches. Groups of digits can be one phone
 * number, as which they are folded, or a number next to a postal code. Words can be a name that is stored as one word.
 * Empty when the search text contains no word.
 */
export function readingsOf(typed: string, { words: folded, phones }: Folded): readonly Reading[] {
  const words = [...new Set(folded.split(' ').filter((word) => word !== ''))].slice(0, MAX_WORDS);
  if (words.length === 0) return [];
  const readings = [words, ...(PHONE_FORM.test(typed) ? phoneReadings(typed, phones) : togetherReading(words))];
  const distinct = new Map(readings.map((reading) => [reading.join(' '), reading]));
  return [...distinct.values()];
}

function phoneReadings(typed: string, phones: readonly string[]): Reading[] {
  const groups = typed.match(/\d+/g) ?? [];
  if (groups.join('').length < MIN_PHONE_DIGITS) return [];
  // a number with an area or country code is already folded as a whole
  const whole = BEGINS_AS_PHONE.test(typed) ? [] : phones.map((phone) => [phone]);
  return [groups.slice(0, MAX_WORDS), ...whole];
}

/** Also searches `Mc Gregorius` as `McGregorius`. */
function togetherReading(words: Reading): Reading[] {
  const together = coarse(words.join(''));
  const isLong = together.length >= MIN_JOINED_LETTERS || WITHOUT_BLANKS.test(together);
  return words.length > 1 && isLong && !/[\d@]/.test(together) ? [[together]] : [];
}

/** The statements of a search, in order. The first one that finds customers provides the page. */
export function searchStatements(
  readings: readonly Reading[],
  typed: string,
  offset: number,
  limit: number,
): readonly Statement[] {
  const words = readings.length === 1 ? readings[0]! : [];
  const matches = pageOfMatches(readings, typed, offset, limit);
  return words.length === 1 ? [pageOfCrowd(words[0]!, typed, offset, limit), matches] : [matches];
}

/**
 * Condition: the last name begins with the word `word`. `name` is ordered as bytes; chr(1114111) is the last Unicode
 * character.
 */
const nameBegins = (word: string) => `name >= ${word} AND name < ${word} || chr(1114111)`;

/**
 * A page of customers whose last name begins with the only word, in index order: by normalized last and first name.
 * Finds none unless there are more than {@link MAX_MATCHES}, or when the word is a customer number.
 */
function pageOfCrowd(word: string, typed: string, offset: number, limit: number): Statement {
  return {
    sql: `
      WITH found AS MATERIALIZED (
        SELECT customer_id, name FROM customer_search
        WHERE ${nameBegins('$1')}
          AND (SELECT count(*) FROM (SELECT FROM customer_search WHERE ${nameBegins('$1')} LIMIT ${MAX_MATCHES + 1}) AS crowd) > ${MAX_MATCHES}
          AND NOT EXISTS (SELECT FROM customer WHERE customer_number = $2)
        ORDER BY name, customer_id OFFSET $3 LIMIT $4)
      ${SELECT_CUSTOMER_SUMMARY} JOIN found ON found.customer_id = c.id
      WHERE c.anonymized_at IS NULL AND c.merged_into_id IS NULL ORDER BY found.name, c.id`,
    parameters: [word, typed, offset, limit],
  };
}

/**
 * A page of customers who match one of the readings. The order is: customers whose number, e-mail address, phone or
 * card is the search text; those whose last name is one of the words; those whose last name begins with one; the rest.
 *
 * Within each group, customers are in dictionary order of their names. When there are more than {@link MAX_MATCHES}
 * matches, last names that begin with a word are added and the order is that of the index, so that only the customers
 * of one page are read.
 */
function pageOfMatches(readings: readonly Reading[], typed: string, offset: number, limit: number): Statement {
  const words = readings.flat();
  const parameters: unknown[] = [offset, limit, typed, words, words.length === 1 ? offset + limit : MAX_MATCHES];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const patterns = (values: readonly string[]) => `ANY (${parameter(values)}::text[])`;
  // Index keys and word prefixes are separate conditions: the keys are there for the index and slow to compute per row.
  const keys = readings.map(
    (reading) =>
      `search_prefixes(s.terms) @> ARRAY(SELECT search_key(word) FROM unnest(${parameter(reading)}::text[]) AS word)`,
  );
  const beginnings = readings.map((reading) => `s.terms LIKE ALL (${parameter(reading.map(beginning))}::text[])`);
  const lastName = `' ' || split_part(s.name, E'\\t', 1)`;
  const isBroad = '(SELECT is_broad FROM volume)';
  return {
    sql: `
      WITH numbered AS MATERIALIZED (SELECT id FROM customer WHERE customer_number = $3),
      hit AS MATERIALIZED (
        SELECT s.customer_id, s.name, s.terms FROM customer_search s
        WHERE (${keys.join(' OR ')}) AND (${beginnings.join(' OR ')}) LIMIT ${MAX_MATCHES + 1}),
      volume AS MATERIALIZED (SELECT count(*) > ${MAX_MATCHES} AS is_broad FROM hit),
      candidate AS (
        SELECT * FROM hit
        UNION
        SELECT s.customer_id, s.name, s.terms FROM unnest($4::text[]) AS word CROSS JOIN LATERAL (
          SELECT * FROM customer_search WHERE ${nameBegins('word')} ORDER BY name, customer_id LIMIT $5) AS s
        WHERE ${isBroad} AND (${beginnings.join(' OR ')})
        UNION
        SELECT s.customer_id, s.name, s.terms FROM customer_search s WHERE ${isBroad}
          AND s.customer_id = (SELECT id FROM numbered)),
      ranked AS (
        SELECT customer_id, CASE WHEN ${isBroad} THEN name END AS name,
          CASE WHEN customer_id = (SELECT id FROM numbered)
            OR s.terms || ' ' LIKE ${patterns(wholeContacts(readings))} THEN 1
            WHEN ${lastName} || ' ' LIKE ${patterns(words.map(whole))} THEN 2
            WHEN ${lastName} LIKE ${patterns(words.map(beginning))} THEN 3 ELSE 4 END AS rank
        FROM candidate s ORDER BY rank, 2, customer_id
        LIMIT CASE WHEN ${isBroad} THEN $1::int + $2 ELSE ${MAX_MATCHES} END),
      found AS (
        SELECT r.customer_id, row_number() OVER (ORDER BY r.rank, r.name, CASE WHEN r.name IS NOT NULL THEN c.id END,
          coalesce(c.last_name, c.company_name) COLLATE "und-x-icu", c.first_name COLLATE "und-x-icu",
            c.customer_number) AS place
        FROM ranked r JOIN customer c ON c.id = r.customer_id
        WHERE c.anonymized_at IS NULL AND c.merged_into_id IS NULL
        ORDER BY place OFFSET $1 LIMIT $2)
      ${SELECT_CUSTOMER_SUMMARY} JOIN found ON found.customer_id = c.id ORDER BY found.place`,
    parameters,
  };
}

const CONTACT_FORM = /@|^\d{6,}$/;

/** Search texts that form a whole e-mail address, phone, customer or card number. Five digits may be a postal code. */
const wholeContacts = (readings: readonly Reading[]): string[] =>
  readings.filter(([word, ...more]) => more.length === 0 && CONTACT_FORM.test(word!)).map(([word]) => whole(word!));

/** Escapes the special characters of LIKE. */
const escaped = (word: string) => word.replace(/[\\%_]/g, '\\$&');

/** LIKE patterns for words that begin with the word and for the whole word. Each word of `terms` follows a blank. */
const beginning = (word: string) => `% ${escaped(word)}%`;
const whole = (word: string) => `% ${escaped(word)} %`;
