import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The customer and every record of the five modules.
 *
 * Each record carries its own `customer_id`, and a composite foreign key keeps it equal to its parent's: so one statement per table reaches all
 * records of a set of customers, and no row can belong to another customer than the document it stands on. These keys are deferrable, because a
 * merge moves parents and children in separate statements.
 */
export class CustomerRecords1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE customer (
        id uuid PRIMARY KEY DEFAULT uuid_v7(),
        customer_number text NOT NULL UNIQUE,
        branch_id bigint NOT NULL REFERENCES branch,
        status text NOT NULL CHECK (status IN ('ACTIVE', 'DECEASED', 'DELETED')),
        salutation text, title text, first_name text, last_name text, birth_name text, company_name text,
        birth_date date, gender text, email text, phone text, mobile text, note text, physician text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        merged_into_id uuid REFERENCES customer,
        anonymized_at timestamptz,
        anonymized_by uuid,
        anonymization_run_id uuid,
        CONSTRAINT customer_has_a_name CHECK (last_name IS NOT NULL OR company_name IS NOT NULL),
        CONSTRAINT customer_anonymized_whole CHECK (anonymized_at IS NULL OR (
          anonymized_by IS NOT NULL AND anonymization_run_id IS NOT NULL AND status = 'DELETED' AND last_name IS NOT NULL AND
          num_nonnulls(salutation, title, first_name, birth_name, company_name, birth_date, gender, email, phone, mobile, note, physician) = 0))
      );
      CREATE INDEX customer_branch ON customer (branch_id);
      CREATE INDEX customer_merged_into ON customer (merged_into_id) WHERE merged_into_id IS NOT NULL;

      CREATE TABLE customer_search (
        customer_id uuid PRIMARY KEY REFERENCES customer,
        terms text NOT NULL
      );
      CREATE INDEX customer_search_terms ON customer_search USING gin (terms gin_trgm_ops);

      CREATE TABLE address (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        type text NOT NULL CHECK (type IN ('RESIDENTIAL', 'DELIVERY', 'INVOICE', 'OTHER')),
        street text, postal_code text, city text, country text, addressee text, phone text
      );
      CREATE INDEX address_customer ON address (customer_id);
      CREATE UNIQUE INDEX address_one_residential ON address (customer_id) WHERE type = 'RESIDENTIAL';

      CREATE TABLE relationship (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        related_customer_id uuid NOT NULL REFERENCES customer,
        kind text NOT NULL,
        CONSTRAINT relationship_of_two CHECK (customer_id <> related_customer_id),
        UNIQUE (customer_id, related_customer_id, kind)
      );
      CREATE INDEX relationship_related_customer ON relationship (related_customer_id);

      CREATE TABLE cost_bearer_membership (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        cost_bearer_id bigint NOT NULL REFERENCES cost_bearer,
        member_number text, insured_status text, main_insured_person text,
        valid_from date, valid_to date
      );
      CREATE INDEX cost_bearer_membership_customer ON cost_bearer_membership (customer_id);
      CREATE INDEX cost_bearer_membership_cost_bearer ON cost_bearer_membership (cost_bearer_id);

      CREATE TABLE health_insurance_card (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        cost_bearer_id bigint NOT NULL REFERENCES cost_bearer,
        insured_number text, card_holder text,
        valid_until date
      );
      CREATE INDEX health_insurance_card_customer ON health_insurance_card (customer_id);

      CREATE TABLE marketing_consent (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        channel text NOT NULL CHECK (channel IN ('POST', 'EMAIL', 'SMS', 'PHONE')),
        granted_on date NOT NULL,
        withdrawn_on date
      );
      CREATE INDEX marketing_consent_customer ON marketing_consent (customer_id);

      CREATE TABLE legal_hold (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        reason_code text NOT NULL,
        set_on date NOT NULL, set_at timestamptz NOT NULL, set_by uuid NOT NULL,
        lifted_at timestamptz, lifted_by uuid
      );
      CREATE INDEX legal_hold_customer ON legal_hold (customer_id);
      CREATE UNIQUE INDEX legal_hold_one_in_force ON legal_hold (customer_id) WHERE lifted_at IS NULL;

      CREATE TABLE care_case (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        number text NOT NULL UNIQUE,
        branch_id bigint NOT NULL REFERENCES branch,
        type text NOT NULL CHECK (type IN
          ('FITTING', 'COCHLEA', 'EARMOULD', 'CAMPAIGN', 'REPAIR', 'SERVICE', 'GLASSES', 'CONTACT_LENS', 'REFRACTION', 'OTHER')),
        status text NOT NULL CHECK (status IN ('OPEN', 'COMPLETED', 'CANCELLED')),
        opened_on date NOT NULL, closed_on date,
        title text, note text,
        UNIQUE (customer_id, id)
      );

      CREATE TABLE stock_item (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        serial_number text NOT NULL UNIQUE,
        article text,
        owner text NOT NULL CHECK (owner IN ('SHOP', 'CUSTOMER')),
        customer_id uuid REFERENCES customer,
        owner_name text,
        status text NOT NULL CHECK (status IN ('IN_STOCK', 'AT_CUSTOMER', 'IN_TRANSIT', 'RETURNED', 'IN_REPAIR')),
        branch_id bigint REFERENCES branch
      );
      CREATE INDEX stock_item_customer ON stock_item (customer_id) WHERE customer_id IS NOT NULL;

      CREATE TABLE device_loan (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        stock_item_id bigint NOT NULL REFERENCES stock_item,
        kind text NOT NULL CHECK (kind IN ('TRIAL', 'LOANER')),
        issued_on date NOT NULL, due_on date,
        resolution text CHECK (resolution IN ('RETURNED', 'SOLD', 'WRITTEN_OFF')),
        resolved_on date,
        note text,
        CONSTRAINT device_loan_resolution_dated CHECK ((resolution IS NULL) = (resolved_on IS NULL))
      );
      CREATE INDEX device_loan_customer ON device_loan (customer_id);
      CREATE INDEX device_loan_stock_item ON device_loan (stock_item_id);

      CREATE TABLE bank_account (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        position integer NOT NULL,
        account_holder text, iban text, bic text, bank_name text, mandate_reference text,
        UNIQUE (customer_id, position)
      );

      CREATE TABLE invoice (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        number text NOT NULL UNIQUE,
        branch_id bigint NOT NULL REFERENCES branch,
        kind text NOT NULL CHECK (kind IN ('INVOICE', 'CREDIT_NOTE')),
        credits_id bigint,
        status text NOT NULL CHECK (status IN ('DRAFT', 'ISSUED')),
        issued_on date, due_on date,
        cost_bearer_id bigint REFERENCES cost_bearer,
        care_case_id bigint,
        net bigint NOT NULL CHECK (net >= 0), tax bigint NOT NULL CHECK (tax >= 0), gross bigint NOT NULL CHECK (gross >= 0),
        recipient_name text, recipient_address text, remark text,
        UNIQUE (customer_id, id),
        FOREIGN KEY (customer_id, credits_id) REFERENCES invoice (customer_id, id) DEFERRABLE,
        FOREIGN KEY (customer_id, care_case_id) REFERENCES care_case (customer_id, id) DEFERRABLE,
        CONSTRAINT invoice_issued_has_date CHECK (status = 'DRAFT' OR issued_on IS NOT NULL),
        CONSTRAINT invoice_credits_only_by_note CHECK (credits_id IS NULL OR kind = 'CREDIT_NOTE')
      );
      CREATE INDEX invoice_credits ON invoice (customer_id, credits_id) WHERE credits_id IS NOT NULL;
      CREATE INDEX invoice_care_case ON invoice (customer_id, care_case_id) WHERE care_case_id IS NOT NULL;
      CREATE INDEX invoice_issued_on ON invoice (issued_on) WHERE status = 'ISSUED';

      CREATE TABLE invoice_line (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        invoice_id bigint NOT NULL,
        position integer NOT NULL,
        article text, text text, serial_number text,
        quantity numeric NOT NULL,
        amount bigint NOT NULL,
        UNIQUE (invoice_id, position),
        FOREIGN KEY (customer_id, invoice_id) REFERENCES invoice (customer_id, id) DEFERRABLE
      );
      CREATE INDEX invoice_line_customer ON invoice_line (customer_id, invoice_id);

      CREATE TABLE payment (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        invoice_id bigint NOT NULL,
        kind text NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND', 'WRITE_OFF')),
        paid_on date NOT NULL,
        amount bigint NOT NULL CHECK (amount >= 0),
        method text CHECK (method IN ('CASH', 'CARD', 'TRANSFER', 'DIRECT_DEBIT', 'CHEQUE', 'VOUCHER', 'COST_BEARER', 'OTHER')),
        payer_name text, iban text, reference text,
        FOREIGN KEY (customer_id, invoice_id) REFERENCES invoice (customer_id, id) DEFERRABLE
      );
      CREATE INDEX payment_customer ON payment (customer_id, invoice_id);

      CREATE TABLE quote (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        number text NOT NULL UNIQUE,
        branch_id bigint NOT NULL REFERENCES branch,
        status text NOT NULL CHECK (status IN ('OPEN', 'ACCEPTED', 'ENDED')),
        issued_on date NOT NULL, valid_until date,
        ended_on date, end_reason text,
        gross bigint NOT NULL CHECK (gross >= 0),
        recipient_name text, recipient_address text, remark text
      );
      CREATE INDEX quote_customer ON quote (customer_id);

      CREATE TABLE receipt (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        number text NOT NULL UNIQUE,
        branch_id bigint NOT NULL REFERENCES branch,
        issued_at timestamptz NOT NULL,
        gross bigint NOT NULL,
        customer_name text
      );
      CREATE INDEX receipt_customer ON receipt (customer_id);

      CREATE TABLE service_contract (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        number text NOT NULL UNIQUE,
        status text NOT NULL CHECK (status IN ('DRAFT', 'SIGNED')),
        starts_on date NOT NULL, ends_on date,
        auto_renew boolean NOT NULL DEFAULT false,
        termination_effective_on date, voided_on date,
        title text, note text
      );
      CREATE INDEX service_contract_customer ON service_contract (customer_id);

      CREATE TABLE customer_card (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        number text NOT NULL UNIQUE,
        valid_until date, invalidated_on date,
        UNIQUE (customer_id, id)
      );

      CREATE TABLE program_enrollment (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        program_id bigint NOT NULL REFERENCES loyalty_program,
        card_id bigint,
        starts_on date NOT NULL, ends_on date,
        voucher_number text,
        FOREIGN KEY (customer_id, card_id) REFERENCES customer_card (customer_id, id) DEFERRABLE
      );
      CREATE INDEX program_enrollment_customer ON program_enrollment (customer_id, card_id);
      CREATE INDEX program_enrollment_program ON program_enrollment (program_id);

      CREATE TABLE loyalty_transaction (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        program_id bigint NOT NULL REFERENCES loyalty_program,
        occurred_at timestamptz NOT NULL,
        points integer, amount bigint,
        card_number text
      );
      CREATE INDEX loyalty_transaction_customer ON loyalty_transaction (customer_id);

      CREATE TABLE fiscal_envelope (
        id uuid PRIMARY KEY,
        recipient text NOT NULL,
        sealed_key text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE archive_key (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        retention_class text NOT NULL CHECK (retention_class IN ('NONE', 'BUSINESS_LETTER', 'VOUCHER', 'MEDICAL_DEVICE')),
        wrapped_key bytea,
        sealed_key bytea,
        envelope_id uuid REFERENCES fiscal_envelope,
        UNIQUE (customer_id, retention_class),
        CONSTRAINT archive_key_readable_or_sealed CHECK ((wrapped_key IS NULL) = (sealed_key IS NOT NULL)),
        CONSTRAINT archive_key_sealed_in_envelope CHECK ((sealed_key IS NULL) = (envelope_id IS NULL))
      );
      CREATE INDEX archive_key_envelope ON archive_key (envelope_id) WHERE envelope_id IS NOT NULL;

      CREATE TABLE archive_document (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id uuid NOT NULL REFERENCES customer,
        type text NOT NULL,
        title text, file_name text,
        retention_class text NOT NULL CHECK (retention_class IN ('NONE', 'BUSINESS_LETTER', 'VOUCHER', 'MEDICAL_DEVICE')),
        created_on date NOT NULL,
        retention_until date,
        media_type text,
        size bigint,
        content_id uuid UNIQUE,
        sealed_at timestamptz,
        sealed_content bytea,
        envelope_id uuid REFERENCES fiscal_envelope,
        CONSTRAINT archive_document_retention CHECK ((retention_class = 'NONE') = (retention_until IS NULL))
      );
      CREATE INDEX archive_document_customer ON archive_document (customer_id);
      CREATE INDEX archive_document_retention_until ON archive_document (retention_until) WHERE retention_until IS NOT NULL;
      CREATE INDEX archive_document_envelope ON archive_document (envelope_id) WHERE envelope_id IS NOT NULL;

      CREATE TABLE selection (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        created_by uuid,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX selection_name ON selection (name);

      CREATE TABLE selection_member (
        selection_id bigint NOT NULL REFERENCES selection,
        customer_id uuid NOT NULL REFERENCES customer,
        PRIMARY KEY (selection_id, customer_id)
      );
      CREATE INDEX selection_member_customer ON selection_member (customer_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Customer records are not dropped by a migration'));
  }
}
