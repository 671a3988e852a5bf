import { Injectable } from '@nestjs/common';
import type { AnonymizationBatch } from '../../kernel/anonymization-step';
import type { ModuleName } from '../../kernel/personal-data';
import { type Statement, StatementTexts } from '../../platform/database/statement-parameters';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { newIds } from '../../platform/ids';
import { contentOf } from './audit-log';
import { cutTemplate, open } from './canonical-template';
import { DataMapEntries } from './data-map-entries';
import { type FactsOfCustomers, type RecordedChanges, recordedStatement } from './recorded-statement';

/** Content of an entry besides its effects. */
export interface EntryContent {
  readonly module: ModuleName;
  /** facts about each customer of the batch */
  readonly facts?: FactsOfCustomers;
  /** details about all of them */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes the effects of an anonymization on a batch of customers to the append-only log, in its transaction. */
@Injectable()
export class AnonymizationEntries {
  private readonly texts = new StatementTexts();

  constructor(
    private readonly transaction: TransactionRunner,
    private readonly dataMaps: DataMapEntries,
  ) {}

  /**
   * Makes the changes and writes one `CUSTOMER_DATA_ANONYMIZED` (or the action of a repetition) per customer of the
   * batch. One statement does both and the database writes the counts, which would otherwise travel to the application
   * and back.
   */
  async write<Answer>(changes: RecordedChanges, content: EntryContent, batch: AnonymizationBatch): Promise<Answer[]> {
    await this.dataMaps.recordInForce(changes.dataMap);
    const { sql, parameters } = entryStatement(changes, content, batch, this.texts);
    return this.transaction.queryPrepared<Answer>(sql, parameters.values);
  }
}

/** The statement of {@link AnonymizationEntries.write}; its text is the same for every batch. */
export function entryStatement(
  changes: RecordedChanges,
  { module, facts = {}, details }: EntryContent,
  { customerIds, context }: AnonymizationBatch,
  texts?: StatementTexts,
): Statement {
  const { repetition } = context;
  const content = contentOf(
    open('id'),
    {
      action: repetition?.action ?? 'CUSTOMER_DATA_ANONYMIZED',
      module,
      outcome: 'SUCCEEDED',
      actorId: repetition === undefined ? context.actorId : null,
      actorRole: repetition === undefined ? context.actorRole : null,
      customerId: open('customerId'),
      runId: context.runId,
      details: {
        reason: context.reason,
        reference: context.reference,
        dataMap: changes.dataMap.digest,
        effects: open('effects'),
        ...Object.fromEntries(Object.keys(facts).map((name) => [name, open(name)])),
        ...details,
        ...(repetition === undefined ? {} : { originalOccurredAt: context.instant.toISOString() }),
        ...(repetition?.mergedIntoCustomerId === undefined
          ? {}
          : { mergedIntoCustomerId: repetition.mergedIntoCustomerId }),
      },
    },
    repetition?.instant ?? context.instant,
  );
  const entries = {
    customerIds,
    entryIds: newIds(customerIds.length),
    columns: content,
    template: cutTemplate(content),
    facts,
  };
  return recordedStatement(changes, entries, texts);
}
