import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { databaseCodeOf } from '../../../../platform/database/transient-failure';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { invalid } from '../../../../platform/http/validation.pipe';
import { type CustomerSummary, SELECT_CUSTOMER_SUMMARY } from '../customer-summaries';
import { SearchCustomers } from './search-customers.query';

/** A search so broad that it takes longer is better narrowed than waited for. */
const LONGEST_SEARCH = '10s';
const QUERY_CANCELED = '57014';

/**
 * How many were shown already. A position by name would be a name in the cursor, and one by id would be lost when that customer is anonymized
 * between two pages.
 */
const CURSOR_SHOWN = /^\d{1,7}$/;

/** $1 is what was typed. */
const RANK = `c.customer_number <> $1, coalesce(c.last_name, c.company_name) COLLATE "und-x-icu", c.first_name COLLATE "und-x-icu", c.customer_number`;

const PHONE_FORM = /^[\d\s+\-/().]+$/;
const FEWEST_DIGITS_OF_A_PHONE = 4;

@QueryHandler(SearchCustomers)
export class SearchCustomersHandler implements IQueryHandler<SearchCustomers> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ request: { search, limit, cursor } }: SearchCustomers): Promise<Page<CustomerSummary>> {
    const [shown] = (sortKeyOf(cursor, [CURSOR_SHOWN]) ?? ['0']).map(Number) as [number];
    try {
      return await this.transaction.run(async () => {
        await this.transaction.query(`SET LOCAL statement_timeout = '${LONGEST_SEARCH}'`);
        const rows = await this.find(search, shown, limit + 1);
        return pageOf(
          rows,
          limit,
          () => [String(shown + limit)],
          (row) => row,
        );
      });
    } catch (error) {
      if (databaseCodeOf(error) === QUERY_CANCELED) throw new DomainError('SERVICE_UNAVAILABLE', {}, error);
      throw error;
    }
  }

  /** Ranks the ids first, so that addresses are looked up for one page only. */
  private async find(search: string, offset: number, limit: number): Promise<CustomerSummary[]> {
    const readings = await this.readingsOf(search);
    const patterns = readings.flat().map((word) => `% ${escaped(word)}%`);
    let parameter = 3;
    const found = readings
      .map((words) => `(${words.map(() => `s.terms LIKE $${++parameter}`).join(' AND ')})`)
      .join(' OR ');
    return this.transaction.query<CustomerSummary>(
      `WITH hit AS (
         SELECT c.id FROM customer_search s JOIN customer c ON c.id = s.customer_id
         WHERE (${found}) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL
         ORDER BY ${RANK} OFFSET $2 LIMIT $3)
       ${SELECT_CUSTOMER_SUMMARY} JOIN hit ON hit.id = c.id ORDER BY ${RANK}`,
      [search.trim(), offset, limit, ...patterns],
    );
  }

  /**
   * The words typed, in the normal form of the search; customers are found by any of the readings. Digits in groups can be one phone number,
   * which is how they are folded, or a number and a postal code side by side.
   */
  private async readingsOf(search: string): Promise<string[][]> {
    const [row] = await this.transaction.query<{ folded: string }>('SELECT search_fold($1) AS folded', [search]);
    const words = [...new Set(row!.folded.split(' ').filter((word) => word !== ''))];
    if (words.length === 0) throw invalid('search', 'IS_NOT_EMPTY');
    const groups = search.match(/\d+/g) ?? [];
    const isPhone = PHONE_FORM.test(search) && groups.join('').length >= FEWEST_DIGITS_OF_A_PHONE;
    return isPhone && groups.join(' ') !== words.join(' ') ? [words, groups] : [words];
  }
}

/** Without the characters that mean something in LIKE. */
const escaped = (word: string) => word.replace(/[\\%_]/g, '\\$&');
