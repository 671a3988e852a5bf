import { Client, type ClientBase } from 'pg';

/** The part of a plan of EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) that says what was done. */
interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly 'Local Hit Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

export interface Work {
  /** rows that all nodes of the plan passed on or dropped, in all of their loops */
  rows: number;
  /** blocks that were looked at */
  blocks: number;
}

/** What the superuser sets so that every statement of the product's sessions reports its plan, those of triggers included. */
export const REPORT_PLANS: readonly string[] = [
  `ALTER DATABASE CURRENT_DATABASE SET session_preload_libraries = 'auto_explain'`,
  ...Object.entries({
    log_min_duration: '0',
    log_analyze: 'on',
    log_buffers: 'on',
    log_timing: 'off',
    log_format: 'json',
    log_nested_statements: 'on',
    log_level: 'notice',
  }).map(([name, value]) => `ALTER DATABASE CURRENT_DATABASE SET auto_explain.${name} = '${value}'`),
];

/** Adds up the work of each statement that the product's roles execute, by its text. */
export class StatementWork {
  private current: Map<string, Work> | null = null;

  /** Listens to every connection that is opened from now on. */
  listen(): void {
    const connect = Client.prototype.connect as (this: ClientBase, ...parameters: unknown[]) => unknown;
    const note = (message: string | undefined) => this.note(message);
    jest.spyOn(Client.prototype, 'connect').mockImplementation(function (this: Client, ...parameters: unknown[]) {
      if (this.user?.startsWith('lethe_') === true) this.on('notice', ({ message }) => note(message));
      return connect.apply(this, parameters) as never;
    });
  }

  async during(act: () => Promise<void>): Promise<ReadonlyMap<string, Work>> {
    const works = new Map<string, Work>();
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
    const work = this.current.get(statement) ?? { rows: 0, blocks: 0 };
    work.rows += rowsOf(plan);
    work.blocks += blocksOf(plan);
    this.current.set(statement, work);
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

/** The counts of a node include those of its children. */
const blocksOf = (node: PlanNode): number =>
  (node['Shared Hit Blocks'] ?? 0) + (node['Shared Read Blocks'] ?? 0) + (node['Local Hit Blocks'] ?? 0);
