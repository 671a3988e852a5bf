import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Extensions, identifiers, and the master data that belongs to no customer. */
export class Foundation1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE EXTENSION IF NOT EXISTS unaccent;

      -- RFC 9562 version 7. PostgreSQL has its own from 18 on; the product runs from 15 on.
      CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
        SELECT encode(
          set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
              PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
            52, 1), 53, 1), 'hex')::uuid
      $$;

      CREATE TABLE branch (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        code text NOT NULL UNIQUE,
        name text NOT NULL
      );

      CREATE TABLE cost_bearer (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        ik text NOT NULL UNIQUE,
        name text NOT NULL
      );

      CREATE TABLE employee (
        id uuid PRIMARY KEY DEFAULT uuid_v7(),
        username text NOT NULL UNIQUE,
        display_name text NOT NULL,
        role text NOT NULL CHECK (role IN ('ADMINISTRATOR', 'EMPLOYEE', 'COMPLIANCE')),
        password_hash text NOT NULL,
        active boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE loyalty_program (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        code text NOT NULL UNIQUE,
        name text NOT NULL,
        ends_on date,
        archived_on date
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The first migration has nothing to go back to'));
  }
}
