import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { type CustomerDocument, CustomerDocuments } from '../../../archive';
import { AuditLog } from '../../../audit';
import { PersonalRecords, type StoredAboutCustomer } from '../../export/personal-records';
import { ExportPersonalData, type PersonalData } from './export-personal-data.query';
import type { PersonalDataDocumentResponse } from './export-personal-data.response';

interface FoundCustomer {
  readonly customerNumber: string;
  readonly anonymizedAt: Date | null;
  readonly exportedAt: Date;
}

const LONGEST_NAME = 100;

@QueryHandler(ExportPersonalData)
export class ExportPersonalDataHandler implements IQueryHandler<ExportPersonalData> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly records: PersonalRecords,
    private readonly documents: CustomerDocuments,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Reads rows and keys and writes the audit entry under the customer's lock, so that no anonymization can happen in
   * between.
   */
  execute(query: ExportPersonalData): Promise<PersonalData> {
    const { customerId } = query;
    return this.transaction.run(async () => {
      const { customerNumber, anonymizedAt, exportedAt } = await this.lock(customerId);
      const { modules, references } = await this.records.of(customerId);
      const documents = (await this.documents.of(customerId)).map((found) => ({ ...found, ...present(found) }));
      await this.record(query, modules, documents.length);
      return {
        stored: {
          customerId,
          customerNumber,
          anonymizedAt: anonymizedAt?.toISOString() ?? null,
          exportedAt: exportedAt.toISOString(),
          modules: modules.map((each) =>
            each.module === 'archive' ? { ...each, documents: documents.map(({ shown }) => shown) } : each,
          ),
          references,
        },
        files: documents.flatMap(({ shown: { file }, open }) =>
          file === null || open === null ? [] : [{ path: file, open }],
        ),
      };
    });
  }

  private async lock(customerId: string): Promise<FoundCustomer> {
    await this.transaction.query(`SET LOCAL lock_timeout = '5s'`);
    await this.transaction.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [customerId]);
    // A separate statement, because the lock may have waited for the transaction that anonymized the customer.
    const [customer] = await this.transaction.query<FoundCustomer>(
      `SELECT customer_number AS "customerNumber", anonymized_at AS "anonymizedAt", now() AS "exportedAt" FROM customer
        WHERE id = $1`,
      [customerId],
    );
    if (customer === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    return customer;
  }

  /** Records counts only. */
  private record(
    { customerId, format, actor }: ExportPersonalData,
    modules: StoredAboutCustomer['modules'],
    documents: number,
  ): Promise<void> {
    const counts = modules
      .flatMap(({ tables }) => tables)
      .filter(({ rows }) => rows.length > 0)
      .map(({ table, rows }) => [table, rows.length] as const);
    return this.audit.record({
      action: 'PERSONAL_DATA_EXPORTED',
      module: 'customer',
      outcome: 'SUCCEEDED',
      actorId: actor.id,
      actorRole: actor.role,
      customerId,
      details: { format, documents, rows: Object.fromEntries(counts) },
    });
  }
}

const present = ({ document, open, isSealed }: CustomerDocument): { readonly shown: PersonalDataDocumentResponse } => ({
  shown: {
    ...document,
    content: isSealed ? 'SEALED' : open === null ? 'NONE' : 'READABLE',
    file: open === null ? null : pathOf(document),
  },
});

/** A path that is unique and valid on every operating system. */
function pathOf({ id, fileName }: CustomerDocument['document']): string {
  const name = (fileName ?? '').replaceAll(/[^\p{L}\p{N}. _-]/gu, '_').slice(-LONGEST_NAME);
  return `documents/${[id, name].filter(Boolean).join('-')}`;
}
