import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Country codes of one, two and three digits, without 49. */
const COUNTRY_CODES =
  '1|7|2[07]|3[0-469]|4[013-8]|5[1-8]|6[0-6]|8[1246]|9[0-58]|' +
  '2[1-689][0-9]|3[578][0-9]|42[0-9]|5[09][0-9]|6[7-9][0-9]|8[058][0-9]|9[679][0-9]';
const GAP = '[ ()/.-]*';
/** Combining marks and invisible characters. */
const MARKS =
  '\\u00ad\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670' +
  '\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u0eb1\\u0eb4-\\u0ebc\\u0ec8-\\u0ece\\u102b-\\u103e\\u17b4-\\u17d3' +
  '\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff';
/** Thai, Lao, Burmese, Khmer, Kana, Hangul and Han: scripts that write no blanks between words. */
const WITHOUT_BLANKS =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff';
/** At least six digits with what people write between them. */
const SIX_DIGITS = '[0-9](?:[ ()/.-]{0,3}[0-9]){5}';

/**
 * The search knows every phone number of a cell by itself, in one form, and names written together. `refresh_customer_search` locks the customers
 * before it reads them. Why and how: docs/adr/0022-normalize-phones-and-names-alike-in-search-and-redaction.md.
 */
export class SearchForms1700000000022 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Writes ae, oe and ue as the vowel alone, as the redaction does.
      CREATE FUNCTION search_coarse(letters text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT CASE WHEN $1 ~ '[aou]e' THEN regexp_replace($1, '([aou])e+', '\\1', 'g') ELSE $1 END
      $$;

      -- Folds letters: Müller, MÜLLER, Mueller and Muller are one word; marks, invisible characters and full-width forms do not matter.
      CREATE OR REPLACE FUNCTION search_letters(text) RETURNS text
      LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT search_coarse(replace(
          lower(unaccent(regexp_replace(normalize($1, NFKC), '[${MARKS}]', '', 'g')) COLLATE "und-x-icu"), 'ς', 'σ'))
      $$;

      -- Separates the phone numbers of a text by line ends: before a number that begins with 0 or +, and 030/88855/56 becomes two numbers.
      CREATE FUNCTION search_cut(letters text) RETURNS text
      LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        cut text := letters;
      BEGIN
        -- each step is looked for first: a replacement that finds nothing costs far more
        IF cut ~ '[_•·‐-―]' THEN
          cut := regexp_replace(cut, '(?<=[0-9])[_•·‐-―]+(?=[0-9])', '-', 'g');
        END IF;
        IF strpos(cut, '(') > 0 THEN
          cut := regexp_replace(cut, '\\( *0 *\\)', '', 'g');
        END IF;
        -- a list sign behind an area code alone separates nothing
        IF cut ~ '0[1-9][0-9]{0,4}[)]* *[,;|] *[1-9]' THEN
          cut := regexp_replace(cut,
            '(?<![0-9][ ()/.-]{0,3})([(]*0[1-9][0-9]{0,4}[)]*) *[,;|] *(?=[1-9](?:[ ()/.-]{0,3}[0-9]){3})', '\\1 ', 'g');
        END IF;
        IF cut ~ '[0-9][)]?[ /]+[(]*[0+]' THEN
          cut := regexp_replace(cut,
            '(?<=${SIX_DIGITS})[ /]+(?=[(]*(?:\\+ *[0-9]|0)(?:[ ()/.-]{0,3}[0-9]){5})', E'\\n', 'g');
        END IF;
        IF cut ~ '[0-9] */ *[0-9]{1,4}(?! *[0-9/-])' THEN
          FOR ending IN 1 .. 4 LOOP
            FOR pass IN 1 .. 2 LOOP
              cut := regexp_replace(cut,
                format('(?<![0-9])([(]*[0+][0-9 ()/.-]{5,})([0-9]{%1$s}) */ *([0-9]{%1$s})(?! *[0-9/-])', ending),
                E'\\\\1\\\\2\\n\\\\1\\\\3\\n\\\\1\\\\2\\\\3', 'g');
            END LOOP;
          END LOOP;
        END IF;
        RETURN cut;
      END $$;

      -- Words after a blank each, of letters in normal form: a phone number is one word in national form (+49 (0)711 28 and 0711 28 are 071128), and
      -- an e-mail address stays whole.
      CREATE OR REPLACE FUNCTION search_words(letters text) RETURNS text
      LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        words text COLLATE "und-x-icu" := ' ' || search_cut(letters);
      BEGIN
        IF words ~ '\\+|\\m00' THEN
          words := regexp_replace(words, '(\\+[+ ]*(?:00)?|\\m00) *49${GAP}0?${GAP}(?=[0-9])', '0', 'g');
          words := regexp_replace(words, '(?<!\\S)\\+[+ ]*(?:00)? *(?=[0-9])', '00', 'g');
          words := regexp_replace(words, '(\\m00(?:${COUNTRY_CODES}))${GAP}0(?=${GAP}[0-9])', '\\1', 'g');
        END IF;
        words := regexp_replace(words, '(?<=\\m0[0-9 ()/.-]*)[ ()/.-]+(?=[0-9])', '', 'g');
        IF strpos(words, '@') = 0 THEN
          RETURN rtrim(regexp_replace(words, '[^[:alnum:]]+', ' ', 'g'));
        END IF;
        words := regexp_replace(words, '[^[:alnum:]@._+-]+', ' ', 'g');
        words := regexp_replace(words, '(?<!@[^ ]*)[._+-](?![^ ]*@)', ' ', 'g');
        RETURN rtrim(regexp_replace(words, ' +', ' ', 'g'));
      END $$;

      -- The phone numbers of a cell as the search knows them: in national form, and without an area code's zero where the cell has none.
      CREATE FUNCTION search_phones(cell text) RETURNS text[]
      LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT coalesce(array_agg(DISTINCT form), '{}')
        FROM regexp_split_to_table(search_cut(search_letters(cell)), '[^0-9+ ()/.-]+') AS part
        CROSS JOIN LATERAL regexp_replace(part, '[^0-9]+', '', 'g') AS digits
        CROSS JOIN LATERAL unnest(CASE
          WHEN part ~ '^[ ()/.-]*[0+]' THEN ARRAY[replace(search_words(part), ' ', '')]
          WHEN digits ~ '^49[0-9]{9}' THEN ARRAY['0' || substr(digits, 3)]
          ELSE ARRAY['0' || digits, digits] END) AS form
        WHERE length(ltrim(form, '0')) >= 6
      $$;

      DROP FUNCTION search_terms(text[]);

      -- Everything by which a customer is found: each word as it may be typed as a whole and in parts, phone numbers, and the name written together.
      CREATE FUNCTION search_terms(name text, phones text[], texts text[]) RETURNS text
      LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        letters text COLLATE "und-x-icu" := search_letters(array_to_string(texts || phones, E'\\n'));
        last_name text := search_coarse(replace(split_part(name, E'\\t', 1), ' ', ''));
        first_name text := search_coarse(replace(split_part(name, E'\\t', 2), ' ', ''));
        terms text := regexp_replace(letters, '[^[:alnum:]]+', ' ', 'g') || search_words(letters);
      BEGIN
        terms := concat_ws(' ', terms, last_name, first_name);
        -- the other numbers are words already
        IF array_to_string(phones, E'\\n') ~ '(?:^|[^0-9+ ()/.-])[ ()/.-]*[1-9]' THEN
          terms := concat_ws(' ', terms, array_to_string(search_phones(array_to_string(phones, E'\\n')), ' '));
        END IF;
        -- An Na is not Anna
        IF length(last_name || first_name) >= 6 OR last_name || first_name ~ '[${WITHOUT_BLANKS}]' THEN
          terms := concat_ws(' ', terms, search_coarse(last_name || first_name), search_coarse(first_name || last_name));
        END IF;
        RETURN coalesce((
          SELECT ' ' || string_agg(DISTINCT word, ' ') FROM string_to_table(terms, ' ') AS word WHERE word <> ''), '');
      END $$;

      -- Writes what the search knows of these customers; anonymized and merged ones are not found. The customers are locked first and read by a later
      -- statement: whoever waited would otherwise write what they saw before.
      CREATE OR REPLACE FUNCTION refresh_customer_search(customer_ids uuid[]) RETURNS void
      LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        PERFORM FROM customer WHERE id = ANY (customer_ids) ORDER BY id FOR NO KEY UPDATE;
        INSERT INTO customer_search (customer_id, name, terms)
        SELECT c.id, n.name, search_terms(n.name,
          ARRAY[c.phone, c.mobile] || ARRAY(SELECT a.phone FROM address a WHERE a.customer_id = c.id),
          ARRAY[c.customer_number, c.first_name, c.last_name, c.birth_name, c.company_name, c.email,
            search_coarse(replace(search_fold(c.birth_name), ' ', '')),
            search_coarse(replace(search_fold(c.company_name), ' ', ''))] ||
          -- for each customer on its own: a join would be planned for the few customers of a single change
          ARRAY(SELECT unnest(ARRAY[a.street, a.postal_code, a.city]) FROM address a WHERE a.customer_id = c.id) ||
          ARRAY(SELECT k.number FROM customer_card k WHERE k.customer_id = c.id))
        FROM customer c
        CROSS JOIN LATERAL search_name(coalesce(c.last_name, c.company_name), c.first_name) AS n(name)
        WHERE c.id = ANY (customer_ids) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL
        ORDER BY c.id
        ON CONFLICT (customer_id) DO UPDATE SET terms = EXCLUDED.terms, name = EXCLUDED.name;
      END $$;

      REVOKE ALL ON FUNCTION search_coarse(text), search_cut(text), search_phones(text), search_terms(text, text[], text[]) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION search_coarse(text), search_cut(text), search_phones(text), search_terms(text, text[], text[]) TO lethe_app;

      -- Built once for all rows below.
      DROP INDEX customer_search_prefixes;
    `);
    await queryRunner.query('SELECT refresh_customer_search(ARRAY(SELECT customer_id FROM customer_search))');
    await queryRunner.query(
      `CREATE INDEX customer_search_prefixes ON customer_search USING gin (search_prefixes(terms))
       WITH (gin_pending_list_limit = 512)`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What the search finds is not taken back by a migration'));
  }
}
