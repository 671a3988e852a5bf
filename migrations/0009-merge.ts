import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a merge of two customers needs to keep.
 *
 * The documents of the source stay encrypted under the source's data keys: a customer may have several keys of a retention class, its own one for
 * new documents and those that came with a merge. The names of the source leave its row, but still stand in the free texts that moved; the
 * anonymization of the target has to find them there.
 */
export class Merge1700000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE archive_key DROP CONSTRAINT archive_key_customer_id_retention_class_key;
      ALTER TABLE archive_key ADD COLUMN inherited boolean NOT NULL DEFAULT false;
      ALTER TABLE archive_key ADD UNIQUE (customer_id, retention_class, id);
      CREATE UNIQUE INDEX archive_key_one_own ON archive_key (customer_id, retention_class) WHERE NOT inherited;

      -- NULL: the customer's own key of the class
      ALTER TABLE archive_document ADD COLUMN key_id bigint;
      ALTER TABLE archive_document ADD FOREIGN KEY (customer_id, retention_class, key_id)
        REFERENCES archive_key (customer_id, retention_class, id) DEFERRABLE;

      CREATE TABLE former_identity (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        first_name text, last_name text, birth_name text, company_name text, birth_date date, email text, phone text, mobile text
      );
      CREATE INDEX former_identity_customer ON former_identity (customer_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON former_identity TO lethe_app;

      -- The same for a customer who changes a name or a number: the old one may stand in any text.
      CREATE FUNCTION remember_former_identity() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        INSERT INTO public.former_identity (customer_id, first_name, last_name, birth_name, company_name, birth_date, email, phone, mobile)
        SELECT OLD.id, f.* FROM (VALUES (nullif(OLD.first_name, NEW.first_name), nullif(OLD.last_name, NEW.last_name), nullif(OLD.birth_name, NEW.birth_name), nullif(OLD.company_name, NEW.company_name), nullif(OLD.birth_date, NEW.birth_date), nullif(OLD.email, NEW.email), nullif(OLD.phone, NEW.phone), nullif(OLD.mobile, NEW.mobile))) AS f(first_name, last_name, birth_name, company_name, birth_date, email, phone, mobile)
        WHERE num_nonnulls(f.first_name, f.last_name, f.birth_name, f.company_name, f.birth_date, f.email, f.phone, f.mobile) > 0;
        RETURN NULL;
      END $$;
      CREATE TRIGGER remember_former_identity AFTER UPDATE ON customer FOR EACH ROW
        WHEN (NEW.anonymized_at IS NULL AND NEW.merged_into_id IS NULL AND
          (OLD.first_name, OLD.last_name, OLD.birth_name, OLD.company_name, OLD.birth_date, OLD.email, OLD.phone, OLD.mobile) IS DISTINCT FROM
          (NEW.first_name, NEW.last_name, NEW.birth_name, NEW.company_name, NEW.birth_date, NEW.email, NEW.phone, NEW.mobile))
        EXECUTE FUNCTION remember_former_identity();

      CALL attach_customer_guards('former_identity');
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Documents of merged customers could not be read any more'));
  }
}
