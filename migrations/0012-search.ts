import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The search for a million customers: an index of the beginnings of all words, each an exact key, and one of the names in their order. Why these, with
 * figures: docs/adr/0012-index-word-prefixes-for-the-customer-search.md.
 */
export class Search1700000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Words of the last name, a tab, words of the first name. A tab and a blank come before every letter: Müller, Müller-Weiß, Müllermann.
      CREATE FUNCTION search_name(last_name text, first_name text) RETURNS text
      LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT ltrim(coalesce(search_fold(last_name), '')) || E'\\t' || ltrim(coalesce(search_fold(first_name), ''))
      $$;
      ALTER TABLE customer_search ADD COLUMN name text COLLATE "C" NOT NULL DEFAULT '';

      -- The keys of the index: of each word its first 1, 2, … 8 characters, or 6 where it begins with a digit, since the long tails of phone numbers
      -- would be most of the index; and of an e-mail address all that comes before the domain. As costly as computing it for many rows is, so that no
      -- plan does.
      CREATE FUNCTION search_prefixes(terms text) RETURNS text[]
      LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
      DECLARE
        prefixes text[] := '{}';
        word text;
      BEGIN
        FOREACH word IN ARRAY string_to_array(ltrim(terms), ' ') LOOP
          FOR letters IN 1 .. least(length(word), CASE WHEN ascii(word) <= ascii('9') THEN 6 ELSE 8 END) LOOP
            prefixes := prefixes || left(word, letters);
          END LOOP;
          IF strpos(word, '@') > 0 THEN
            prefixes := prefixes || left(word, strpos(word, '@'));
          END IF;
        END LOOP;
        RETURN prefixes;
      END $$;

      -- The longest key of a word; who looks for the word looks for this.
      CREATE FUNCTION search_key(word text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT left(word, CASE WHEN strpos(word, '@') > 0 THEN strpos(word, '@') WHEN ascii(word) <= ascii('9') THEN 6 ELSE 8 END)
      $$;

      REVOKE ALL ON FUNCTION search_name(text, text), search_prefixes(text), search_key(text) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION search_name(text, text), search_prefixes(text), search_key(text) TO lethe_app;

      DROP INDEX customer_search_terms;

      -- As in 0010, with the name.
      CREATE OR REPLACE FUNCTION refresh_customer_search(customer_ids uuid[]) RETURNS void
      LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
        INSERT INTO customer_search (customer_id, terms, name)
        SELECT c.id, search_terms(VARIADIC
          ARRAY[c.customer_number, c.first_name, c.last_name, c.birth_name, c.company_name, c.email, c.phone, c.mobile] ||
          -- for each customer on its own: a join would be planned for the few customers of a single change
          ARRAY(SELECT unnest(ARRAY[a.street, a.postal_code, a.city, a.phone]) FROM address a WHERE a.customer_id = c.id) ||
          ARRAY(SELECT k.number FROM customer_card k WHERE k.customer_id = c.id)),
          search_name(coalesce(c.last_name, c.company_name), c.first_name)
        FROM customer c
        WHERE c.id = ANY (customer_ids) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL
        ORDER BY c.id
        ON CONFLICT (customer_id) DO UPDATE SET terms = EXCLUDED.terms, name = EXCLUDED.name
      $$;
    `);
    await queryRunner.query(`
      UPDATE customer_search s SET name = search_name(coalesce(c.last_name, c.company_name), c.first_name)
      FROM customer c WHERE c.id = s.customer_id
    `);
    await queryRunner.query(`
      -- What was changed last waits in a list that every search reads: short, for their sake.
      CREATE INDEX customer_search_prefixes ON customer_search USING gin (search_prefixes(terms)) WITH (gin_pending_list_limit = 512);
      CREATE INDEX customer_search_name ON customer_search (name, customer_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The search is not made slower by a migration'));
  }
}
