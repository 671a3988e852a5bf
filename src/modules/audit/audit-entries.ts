import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { DataMapEntries } from './data-map-entries';
import { selectEntries } from './queries/audit-entries.queries';
import type { AuditEntryResponse } from './queries/audit-entry.response';

export type AuditOrder = 'asc' | 'desc';

/** Filter of entries. Undefined fields match everything. */
export interface AuditEntrySelection {
  readonly customerId?: string;
  readonly runId?: string;
  readonly action?: string;
  readonly module?: string;
  readonly actorId?: string;
  /** inclusive */
  readonly from?: Date;
  /** inclusive */
  readonly to?: Date;
  /** oldest or newest first */
  readonly order: AuditOrder;
}

/** The position at which the previous page ended. */
export interface AuditPosition {
  readonly occurredAt: string;
  readonly id: string;
}

type EntryContent = Omit<AuditEntryResponse, 'sequence'>;

interface EntryRow {
  readonly canonical: string;
  readonly sequence: string | null;
}

const BATCH = 1_000;

/** Reads the log in chronological order. */
@Injectable()
export class AuditEntries {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly dataMaps: DataMapEntries,
  ) {}

  page(selection: AuditEntrySelection, after: AuditPosition | null, limit: number): Promise<AuditEntryResponse[]> {
    const { sql, parameters } = statement(selection, after, limit);
    return this.transaction.run(async () => {
      const rows = await this.transaction.query<EntryRow>(sql, parameters);
      const contents = rows.map(({ canonical }) => JSON.parse(canonical) as EntryContent);
      const details = await this.dataMaps.complete(contents.map((content) => content.details));
      return contents.map((content, index) => present(content, rows[index]!.sequence, details[index]!));
    });
  }

  /** Reads all entries page by page, so that a slow reader holds no transaction open. */
  async *all(selection: AuditEntrySelection): AsyncGenerator<AuditEntryResponse> {
    for (let after: AuditPosition | null = null; ;) {
      const entries: AuditEntryResponse[] = await this.page(selection, after, BATCH);
      yield* entries;
      if (entries.length < BATCH) return;
      after = entries.at(-1)!;
    }
  }
}

function statement(selection: AuditEntrySelection, after: AuditPosition | null, limit: number) {
  const parameters: unknown[] = [];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions: string[] = [];
  const { customerId, runId, action, module, actorId } = selection;
  for (const [column, value] of Object.entries({
    customer_id: customerId,
    run_id: runId,
    action,
    module,
    actor_id: actorId,
  }))
    if (value !== undefined) conditions.push(`e.${column} = ${parameter(value)}`);
  if (selection.from) conditions.push(`e.occurred_at >= ${parameter(selection.from)}`);
  if (selection.to) conditions.push(`e.occurred_at <= ${parameter(selection.to)}`);
  const [direction, beyond] = selection.order === 'asc' ? ['ASC', '>'] : ['DESC', '<'];
  if (after)
    conditions.push(`(e.occurred_at, e.id) ${beyond} (${parameter(after.occurredAt)}, ${parameter(after.id)})`);
  return { sql: selectEntries(conditions, direction, parameter(limit)), parameters };
}

/** The fields are listed explicitly, so that neither their order nor their number depends on the stored entry. */
function present(
  content: EntryContent,
  sequence: string | null,
  details: AuditEntryResponse['details'],
): AuditEntryResponse {
  return {
    id: content.id,
    sequence: sequence === null ? null : Number(sequence),
    occurredAt: content.occurredAt,
    actorId: content.actorId,
    actorRole: content.actorRole,
    action: content.action,
    module: content.module,
    customerId: content.customerId,
    runId: content.runId,
    outcome: content.outcome,
    details,
  };
}
