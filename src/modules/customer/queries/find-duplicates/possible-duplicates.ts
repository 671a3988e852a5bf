import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { type CustomerSummary, SELECT_CUSTOMER_SUMMARY } from '../customer-summaries';

/** The details that a person gives. */
export interface Person {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly companyName?: string | null;
  readonly birthDate?: string | null;
}

const MAX_SHOWN_CUSTOMERS = 10;

/**
 * Finds customers who may be the same person: they have the same name in any spelling (Müller, Mueller, MULLER;
 * O'Bryan, OBryan) and no different birth date. Reads the search index, which has no rows of anonymized or merged
 * customers.
 */
@Injectable()
export class PossibleDuplicates {
  constructor(private readonly transaction: TransactionRunner) {}

  /** @param except the customer who was just added */
  findFor(
    { firstName, lastName, companyName, birthDate }: Person,
    except: string | null = null,
  ): Promise<CustomerSummary[]> {
    return this.transaction.query<CustomerSummary>(
      `WITH wanted AS MATERIALIZED (
         SELECT name, search_coarse(translate(name, E' \\t', '')) AS together FROM search_name($1, $2) AS name)
       ${SELECT_CUSTOMER_SUMMARY}
       JOIN customer_search s ON s.customer_id = c.id
       WHERE (s.name = (SELECT name FROM wanted)
           OR search_prefixes(s.terms) @> ARRAY[search_key((SELECT together FROM wanted))]
             AND search_coarse(translate(s.name, E' \\t', '')) = (SELECT together FROM wanted)
             AND strpos(s.terms || ' ', ' ' || (SELECT together FROM wanted) || ' ') > 0)
         AND ($3::uuid IS NULL OR c.id <> $3)
         AND ($4::date IS NULL OR c.birth_date IS NULL OR c.birth_date = $4)
       ORDER BY c.birth_date = $4 DESC NULLS LAST, c.customer_number LIMIT ${MAX_SHOWN_CUSTOMERS}`,
      [lastName ?? companyName ?? '', firstName ?? null, except, birthDate ?? null],
    );
  }
}
