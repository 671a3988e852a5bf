import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Numbers that the product gives itself, and cards in the search.
 *
 * Issued invoices and credit notes are numbered without gaps per branch, kind and year of issue: the series is a row that is locked until the
 * document is committed, so a rollback takes its number back. The other records have sequences, which may have gaps.
 */
export class DocumentNumbers1700000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE document_number (
        branch_id bigint NOT NULL REFERENCES branch,
        kind text NOT NULL CHECK (kind IN ('INVOICE', 'CREDIT_NOTE')),
        year integer NOT NULL,
        last integer NOT NULL,
        PRIMARY KEY (branch_id, kind, year)
      );
      GRANT SELECT, INSERT, UPDATE ON document_number TO lethe_app;

      -- a draft gets its number when it is issued
      ALTER TABLE invoice ALTER COLUMN number DROP NOT NULL;
      ALTER TABLE invoice ADD CONSTRAINT invoice_issued_has_number CHECK (status = 'DRAFT' OR number IS NOT NULL);

      CREATE SEQUENCE quote_number;
      CREATE SEQUENCE receipt_number;
      CREATE SEQUENCE service_contract_number;
      CREATE SEQUENCE care_case_number;
      GRANT USAGE ON SEQUENCE quote_number, receipt_number, service_contract_number, care_case_number TO lethe_app;

      -- As in 0007, and by the numbers of their cards.
      CREATE OR REPLACE FUNCTION refresh_customer_search(customer_ids uuid[]) RETURNS void
      LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
        INSERT INTO customer_search (customer_id, terms)
        SELECT c.id, search_terms(VARIADIC
          ARRAY[c.customer_number, c.first_name, c.last_name, c.birth_name, c.company_name, c.email, c.phone, c.mobile] ||
          -- for each customer on its own: a join would be planned for the few customers of a single change
          ARRAY(SELECT unnest(ARRAY[a.street, a.postal_code, a.city, a.phone]) FROM address a WHERE a.customer_id = c.id) ||
          ARRAY(SELECT k.number FROM customer_card k WHERE k.customer_id = c.id))
        FROM customer c
        WHERE c.id = ANY (customer_ids) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL
        ORDER BY c.id
        ON CONFLICT (customer_id) DO UPDATE SET terms = EXCLUDED.terms
      $$;
    `);
    await queryRunner.query(`
      SELECT refresh_customer_search(ARRAY(SELECT DISTINCT k.customer_id FROM customer_card k JOIN customer c ON c.id = k.customer_id
        WHERE c.anonymized_at IS NULL AND c.merged_into_id IS NULL ORDER BY 1))
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Numbers that were given cannot be given again'));
  }
}
