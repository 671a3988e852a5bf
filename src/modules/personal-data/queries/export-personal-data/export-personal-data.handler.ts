import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { type CustomerDocument, CustomerDocuments } from '../../../archive';
import { AuditLog } from '../../../audit';
import { CustomerLocks } from '../../../customer';
import { PersonalRecords, type StoredAboutCustomer } from '../../export/personal-records';
import { ExportPersonalData, type PersonalData } from './export-personal-data.query';
import type { PersonalDataDocumentResponse } from './export-personal-data.response';

const MAX_NAME_CHARACTERS = 100;

@QueryHandler(ExportPersonalData)
export class ExportPersonalDataHandler implements IQueryHandler<ExportPersonalData> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly records: PersonalRecords,
    private readonly documents: CustomerDocuments,
    private readonly audit: AuditLog,
    private readonly locks: CustomerLocks,
  ) {}

  /**
   * Reads rows and keys and writes the audit entry under the customer's lock, so that no anonymization can happen in
   * between.
   */
  execute(query: ExportPersonalData): Promise<PersonalData> {
    const { customerId } = query;
    return this.transaction.run(async () => {
      const { customerNumber, anonymizedAt } = await this.locks.lockForReading(customerId);
      const { exportedAt } = await this.transaction.one<{ exportedAt: Date }>('SELECT now() AS "exportedAt"');
      const { modules, references } = await this.records.readForCustomer(customerId);
      const documents = (await this.documents.findForCustomer(customerId)).map((found) => ({
        ...found,
        ...present(found),
      }));
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
  const name = (fileName ?? '').replaceAll(/[^\p{L}\p{N}. _-]/gu, '_').slice(-MAX_NAME_CHARACTERS);
  return `documents/${[id, name].filter(Boolean).join('-')}`;
}
