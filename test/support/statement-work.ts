import { Client, type ClientBase } from 'pg';

/** The executed part of a plan of EXPLAIN (ANALYZE, FORMAT JSON). */
interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/**
 * Settings by which a superuser makes every statement of the product's sessions report its plan, including those of
 * triggers.
 */
export const REPORT_PLANS: readonly string[] = [
  `ALTER DATABASE CURRENT_DATABASE SET session_preload_libraries = 'auto_explain'`,
  ...Object.entries({
    log_min_duration: '0',
    log_analyze: 'on',
    log_timing: 'off',
    log_format: 'json',
    log_nested_statements: 'on',
    log_level: 'notice',
  }).map(([name, value]) => `ALTER DATABASE CURRENT_DATABASE SET auto_explain.${name} = '${value}'`),
];

/**
 * Adds up the work of each statement that the product's roles execute, by its text: the rows that all nodes of its
 * plans returned or filtered out, over all their loops.
 */
export class StatementWork {
  private current: Map<string, number> | null = null;

  /** Observes every connection that is opened from now on. */
  listen(): void {
    const connect = Reflect.get(Client.prototype, 'connect') as (this: ClientBase, ...parameters: unknown[]) => unknown;
    const note = (message: string | undefined) => this.note(message);
    jest.spyOn(Client.prototype, 'connect').mockImplementation(function (this: Client, ...parameters: unknown[]) {
      if (this.user?.startsWith('lethe_') === true) this.on('notice', ({ message }) => note(message));
      return connect.apply(this, parameters) as never;
    });
  }

  async during(act: () => Promise<void>): Promise<ReadonlyMap<string, number>> {
    const works = new Map<string, number>();
    this.current = works;
    try {
      await act();
    } finally {
      this.current = null;
    }
    return works;
  }

  private note(message: string | undefined): void {
    const report = /^duration: .* plan:\s*(\{[\s\S]*\})\s*$/.exec(message ?? '');
    if (report === null || this.current === null) return;
    const { 'Query Text': text, Plan: plan } = JSON.parse(report[1]!) as { 'Query Text': string; Plan: PlanNode };
    const statement = text.replace(/\s+/g, ' ').trim();
    this.current.set(statement, (this.current.get(statement) ?? 0) + rowsOf(plan));
  }
}

function rowsOf(node: PlanNode): number {
  const dropped =
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Join Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0);
  const own = node['Actual Loops'] * (node['Actual Rows'] + dropped);
  return (node.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), own);
}
