import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { databaseCodeOf } from '../../../../platform/database/transient-failure';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { invalid } from '../../../../platform/http/validation.pipe';
import type { CustomerSummary } from '../customer-summaries';
import { SearchCustomers } from './search-customers.query';
import { type Folded, MOST_FOUND, readingsOf, searchStatements } from './search-statements';

/** Nothing takes so long, unless the database is in trouble; then it is better not to add to it. */
const LONGEST_SEARCH = '10s';
const QUERY_CANCELED = '57014';

/**
 * How many were shown already, never more than {@link MOST_FOUND}. A position by name would be a name in the cursor,
 * and one by id would be lost when that customer is anonymized between two pages.
 */
const CURSOR_SHOWN = /^\d{1,4}$/;

@QueryHandler(SearchCustomers)
export class SearchCustomersHandler implements IQueryHandler<SearchCustomers> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ request: { search, limit, cursor } }: SearchCustomers): Promise<Page<CustomerSummary>> {
    const [shown] = (sortKeyOf(cursor, [CURSOR_SHOWN]) ?? ['0']).map(Number) as [number];
    const left = Math.max(MOST_FOUND - shown, 0);
    const rows = await this.find(search.trim(), shown, Math.min(limit + 1, left));
    return pageOf(
      rows,
      limit,
      () => [String(shown + limit)],
      (row) => row,
    );
  }

  private async find(typed: string, offset: number, limit: number): Promise<CustomerSummary[]> {
    try {
      return await this.transaction.run(async () => {
        const readings = readingsOf(typed, await this.folded(typed));
        if (readings.length === 0) throw invalid('search', 'IS_NOT_EMPTY');
        for (const { sql, parameters } of searchStatements(readings, typed, offset, limit)) {
          const rows = await this.transaction.queryPrepared<CustomerSummary>(sql, parameters);
          if (rows.length > 0) return rows;
        }
        return [];
      });
    } catch (error) {
      if (databaseCodeOf(error) === QUERY_CANCELED) throw new DomainError('SERVICE_UNAVAILABLE', {}, error);
      throw error;
    }
  }

  /** What was typed in normal form; and on the same way, how this transaction is to search. */
  private async folded(typed: string): Promise<Folded> {
    // Parallel workers and compiled expressions take longer to get ready than any search, and a plan of its own longer
    // than most.
    const [row] = await this.transaction.queryPrepared<Folded>(
      `SELECT search_fold($1) AS words, search_phones($1) AS phones,
          set_config('statement_timeout', '${LONGEST_SEARCH}', true),
         set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true),
         set_config('plan_cache_mode', 'force_generic_plan', true)`,
      [typed],
    );
    return row!;
  }
}
