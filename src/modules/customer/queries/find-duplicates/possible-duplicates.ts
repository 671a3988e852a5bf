import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { type CustomerSummary, SELECT_CUSTOMER_SUMMARY } from '../customer-summaries';

/** Who somebody says to be. */
export interface Person {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly companyName?: string | null;
  readonly birthDate?: string | null;
}

const MOST_SHOWN = 10;

/**
 * Customers who may be the same person: of the same name however it is spelled (Müller, Mueller, MULLER), and not born on another day. They are
 * looked for in the search's rows, which an anonymized or merged customer has none of.
 */
@Injectable()
export class PossibleDuplicates {
  constructor(private readonly transaction: TransactionRunner) {}

  /** @param except the customer just added */
  of(
    { firstName, lastName, companyName, birthDate }: Person,
    except: string | null = null,
  ): Promise<CustomerSummary[]> {
    return this.transaction.query<CustomerSummary>(
      `${SELECT_CUSTOMER_SUMMARY} JOIN customer_search s ON s.customer_id = c.id
       WHERE s.name = ltrim(search_fold($1)) || E'\\t' || ltrim(coalesce(search_fold($2), '')) AND ($3::uuid IS NULL OR c.id <> $3)
         AND ($4::date IS NULL OR c.birth_date IS NULL OR c.birth_date = $4)
       ORDER BY c.birth_date = $4 DESC NULLS LAST, c.customer_number LIMIT ${MOST_SHOWN}`,
      [lastName ?? companyName ?? '', firstName ?? null, except, birthDate ?? null],
    );
  }
}
