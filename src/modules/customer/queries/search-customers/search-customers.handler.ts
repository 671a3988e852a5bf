import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { databaseCodeOf } from '../../../../platform/database/transient-failure';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { invalid } from '../../../../platform/http/validation.pipe';
import type { CustomerSummary } from '../customer-summaries';
import { SearchCustomers } from './search-customers.query';
import { type Folded, MAX_MATCHES, readingsOf, searchStatements } from './search-statements';

/** Cancels searches that take this long: the database is overloaded, and the search should not add to the load. */
const SEARCH_TIMEOUT = '10s';
const QUERY_CANCELED = '57014';

/**
 * The cursor: how many customers were already shown, at most {@link MAX_MATCHES}. A position by name would put a name
 * into the cursor, and a position by id would be lost when that customer is anonymized between two pages.
 */
const CURSOR_SHOWN = /^\d{1,4}$/;

@QueryHandler(SearchCustomers)
export class SearchCustomersHandler implements IQueryHandler<SearchCustomers> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ request: { search, limit, cursor } }: SearchCustomers): Promise<Page<CustomerSummary>> {
    const [shown] = (sortKeyOf(cursor, [CURSOR_SHOWN]) ?? ['0']).map(Number) as [number];
    const left = Math.max(MAX_MATCHES - shown, 0);
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

  /** Normalizes the search text, and sets timeout and planner options of this transaction in the same round trip. */
  private async folded(typed: string): Promise<Folded> {
    // Parallel workers and JIT compilation take longer to start than any search, and custom planning takes longer than
    // most searches.
    const [row] = await this.transaction.queryPrepared<Folded>(
      `SELECT search_fold($1) AS words, search_phones($1) AS phones,
          set_config('statement_timeout', '${SEARCH_TIMEOUT}', true),
         set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true),
         set_config('plan_cache_mode', 'force_generic_plan', true)`,
      [typed],
    );
    return row!;
  }
}
