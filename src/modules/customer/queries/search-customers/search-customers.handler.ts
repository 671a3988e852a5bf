import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { databaseCodeOf } from '../../../../platform/database/transient-failure';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { invalid } from '../../../../platform/http/validation.pipe';
import type { CustomerSummary } from '../customer-summaries';
import { SearchCustomers } from './search-customers.query';
import { MOST_FOUND, pageOfCrowd, pageOfMatches, type Reading, type Statement } from './search-statements';

/** Nothing takes so long, unless the database is in trouble; then it is better not to add to it. */
const LONGEST_SEARCH = '10s';
const QUERY_CANCELED = '57014';

/**
 * How many were shown already, never more than {@link MOST_FOUND}. A position by name would be a name in the cursor, and one by id would be lost when
 * that customer is anonymized between two pages.
 */
const CURSOR_SHOWN = /^\d{1,4}$/;

const PHONE_FORM = /^[\d\s+\-/().]+$/;
const FEWEST_DIGITS_OF_A_PHONE = 4;
/** More words than anybody is called by: each one costs, and by then they say nothing new. */
const MOST_WORDS = 12;

@QueryHandler(SearchCustomers)
export class SearchCustomersHandler implements IQueryHandler<SearchCustomers> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ request: { search, limit, cursor } }: SearchCustomers): Promise<Page<CustomerSummary>> {
    const [shown] = (sortKeyOf(cursor, [CURSOR_SHOWN]) ?? ['0']).map(Number) as [number];
    const rest = Math.max(MOST_FOUND - shown, 0);
    try {
      const rows = await this.transaction.run(async () =>
        this.find(search.trim(), await this.readingsOf(search), shown, Math.min(limit + 1, rest)),
      );
      return pageOf(
        rows,
        limit,
        () => [String(shown + limit)],
        (row) => row,
      );
    } catch (error) {
      if (databaseCodeOf(error) === QUERY_CANCELED) throw new DomainError('SERVICE_UNAVAILABLE', {}, error);
      throw error;
    }
  }

  private async find(typed: string, readings: readonly Reading[], offset: number, limit: number) {
    const [[onlyWord, ...moreWords], ...moreReadings] = readings as [[string, ...string[]], ...Reading[]];
    if (moreWords.length === 0 && moreReadings.length === 0) {
      const crowd = await this.rowsOf(pageOfCrowd(onlyWord, typed, offset, limit));
      if (crowd.length > 0) return crowd;
    }
    return this.rowsOf(pageOfMatches(readings, typed, offset, limit));
  }

  private rowsOf({ sql, parameters }: Statement): Promise<CustomerSummary[]> {
    return this.transaction.query<CustomerSummary>(sql, parameters);
  }

  /**
   * The words typed, in the normal form of the search; customers are found by any of the readings. Digits in groups can be one phone number,
   * which is how they are folded, or a number and a postal code side by side.
   */
  private async readingsOf(search: string): Promise<Reading[]> {
    // Parallel workers and compiled expressions take longer to get ready than any search.
    const [row] = await this.transaction.query<{ folded: string }>(
      `SELECT search_fold($1) AS folded, set_config('statement_timeout', '${LONGEST_SEARCH}', true),
         set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`,
      [search],
    );
    const words = [...new Set(row!.folded.split(' ').filter((word) => word !== ''))].slice(0, MOST_WORDS);
    if (words.length === 0) throw invalid('search', 'IS_NOT_EMPTY');
    const groups = search.match(/\d+/g) ?? [];
    const isPhone = PHONE_FORM.test(search) && groups.join('').length >= FEWEST_DIGITS_OF_A_PHONE;
    return isPhone && groups.join(' ') !== words.join(' ') ? [words, groups.slice(0, MOST_WORDS)] : [words];
  }
}
