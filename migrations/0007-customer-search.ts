import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The normal form in which customers are searched: `customer_search.terms` holds words, each after a blank, so that `LIKE '% word%'` finds
 * prefixes with the trigram index. What an employee types goes through `search_fold`, and each of its words must be found.
 */
export class CustomerSearch1700000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Müller, MÜLLER, Mueller and Muller are one word, and so are Weiß and Weiss. The ICU collation knows the letters of every script.
      CREATE FUNCTION search_letters(text) RETURNS text
      LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT replace(replace(replace(
          lower(unaccent(regexp_replace(normalize($1, NFC), '[\\u0300-\\u036f]', '', 'g')) COLLATE "und-x-icu"),
          'ae', 'a'), 'oe', 'o'), 'ue', 'u')
      $$;

      -- Words after a blank each, of letters in normal form: a phone number is one word in national form (+49 711 28 and 0711 28 are 071128), and
      -- an e-mail address stays whole.
      CREATE FUNCTION search_words(letters text) RETURNS text
      LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        words text COLLATE "und-x-icu" := ' ' || letters;
      BEGIN
        words := regexp_replace(words, '(\\+|\\m00) *49[ ()/.-]*0?[ ()/.-]*(?=[0-9])', '0', 'g');
        words := regexp_replace(words, '(?<!\\S)\\+ *(?=[0-9])', '00', 'g');
        words := regexp_replace(words, '(?<=\\m0[0-9 ()/.-]*)[ ()/.-]+(?=[0-9])', '', 'g');
        IF strpos(words, '@') = 0 THEN
          RETURN rtrim(regexp_replace(words, '[^[:alnum:]]+', ' ', 'g'));
        END IF;
        words := regexp_replace(words, '[^[:alnum:]@._+-]+', ' ', 'g');
        words := regexp_replace(words, '(?<!@[^ ]*)[._+-](?![^ ]*@)', ' ', 'g');
        RETURN rtrim(regexp_replace(words, ' +', ' ', 'g'));
      END $$;

      -- What is typed into the search, in normal form.
      CREATE FUNCTION search_fold(text) RETURNS text
      LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT search_words(search_letters($1))
      $$;

      -- Everything by which a customer with these values is found: as it may be typed as a whole, and each part of a number or address.
      CREATE FUNCTION search_terms(VARIADIC texts text[]) RETURNS text
      LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        letters text COLLATE "und-x-icu" := search_letters(array_to_string(texts, E'\\n'));
        terms text := regexp_replace(letters, '[^[:alnum:]]+', ' ', 'g') || search_words(letters);
      BEGIN
        RETURN coalesce((SELECT ' ' || string_agg(DISTINCT word, ' ') FROM string_to_table(terms, ' ') AS word WHERE word <> ''), '');
      END $$;

      -- Writes what the search knows of these customers; anonymized and merged ones are not found.
      CREATE FUNCTION refresh_customer_search(customer_ids uuid[]) RETURNS void
      LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
        INSERT INTO customer_search (customer_id, terms)
        SELECT c.id, search_terms(VARIADIC
          ARRAY[c.customer_number, c.first_name, c.last_name, c.birth_name, c.company_name, c.email, c.phone, c.mobile] ||
          -- for each customer on its own: a join would be planned for the few customers of a single change
          ARRAY(SELECT unnest(ARRAY[a.street, a.postal_code, a.city, a.phone]) FROM address a WHERE a.customer_id = c.id))
        FROM customer c
        WHERE c.id = ANY (customer_ids) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL
        ORDER BY c.id
        ON CONFLICT (customer_id) DO UPDATE SET terms = EXCLUDED.terms
      $$;

      REVOKE ALL ON FUNCTION search_letters(text), search_words(text), search_fold(text), search_terms(text[]), refresh_customer_search(uuid[])
        FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION search_letters(text), search_words(text), search_fold(text), search_terms(text[]), refresh_customer_search(uuid[])
        TO lethe_app;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP FUNCTION refresh_customer_search(uuid[]), search_terms(text[]), search_fold(text), search_words(text), search_letters(text)',
    );
  }
}
