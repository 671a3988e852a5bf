import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AuditLog } from '../../audit';
import type { AnonymizedCustomer } from '../../customer';
import { CONTENT_STORE } from '../archive-tokens';
import { decryptStream } from '../crypto/content-cipher';
import type { ContentStore } from '../storage/content-store';
import { type StatutoryClass, yearKept } from '../../../kernel/retention';
import { SEALED_COPY } from '../entities/archive-document.entity';
import { OpenedEnvelopes } from './opened-envelopes';
import { type SealedDocument, SealedDocuments } from './sealed-documents';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

export interface UnsealedCounts {
  readonly customers: number;
  readonly documents: number;
}

/** Decrypts sealed documents for a tax audit (§ 147(6) AO), with the offline identity. */
@Injectable()
export class ArchiveUnsealing {
  constructor(
    private readonly documents: SealedDocuments,
    @Inject(CONTENT_STORE) private readonly store: ContentStore,
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Writes `<customerNumber>/<documentId>-<name>.json|bin` below `directory`, for all anonymized customers or for the
   * one with this number. The name is the document's type, or the class and year of a sealed copy:
   * `4711-VOUCHER-2024.json`.
   *
   * Errors: `CUSTOMER_NOT_FOUND` when no anonymized customer has the number; those of `openEnvelope` before anything is
   * written; those of `content-store` and `content-cipher` for a content that is damaged.
   */
  async unseal(identityText: string, directory: string, customerNumber: string | null): Promise<UnsealedCounts> {
    const envelopes = new OpenedEnvelopes(this.documents, identityText);
    const counts = { customers: 0, documents: 0 };
    let found = 0;
    try {
      for await (const customer of this.documents.customers(customerNumber)) {
        found++;
        const written = await this.unsealCustomer(customer, envelopes, directory);
        counts.customers += written > 0 ? 1 : 0;
        counts.documents += written;
      }
    } finally {
      envelopes.dispose();
    }
    if (customerNumber !== null && found === 0) throw new DomainError('CUSTOMER_NOT_FOUND');
    return counts;
  }

  private async unsealCustomer(
    customer: AnonymizedCustomer,
    envelopes: OpenedEnvelopes,
    directory: string,
  ): Promise<number> {
    const documents = await this.documents.findForCustomer(customer.id);
    if (documents.length === 0) return 0;
    for (const { envelopeId } of documents) await envelopes.get(envelopeId);
    // committed first: nothing becomes readable without an audit entry, however this process ends
    await this.record(customer, documents.length);
    const folder = join(directory, asFileName(customer.customerNumber));
    for (const path of [directory, folder]) await makePrivateFolder(path);
    for (const document of documents) await this.write(document, customer.id, envelopes, folder);
    return documents.length;
  }

  private async write(
    document: SealedDocument,
    customerId: string,
    envelopes: OpenedEnvelopes,
    folder: string,
  ): Promise<void> {
    const { mediaType, retentionClass, contentId, envelopeId, sealedContent, sealedKey } = document;
    const extension = mediaType === 'application/json' ? 'json' : 'bin';
    const path = join(folder, `${document.id}-${nameOf(document)}.${extension}`);
    const envelope = await envelopes.get(envelopeId);
    if (sealedContent !== null) {
      await writeFile(path, envelope.decrypt(contentId, sealedContent), { mode: FILE_MODE });
      return;
    }
    const dataKey = envelope.unwrapKey(sealedKey!, { customerId, retentionClass });
    const decrypted = decryptStream(dataKey, contentId);
    dataKey.fill(0);
    try {
      await pipeline(await this.store.open(contentId), decrypted, createWriteStream(path, { mode: FILE_MODE }));
    } catch (error) {
      await rm(path, { force: true }); // a truncated file must not look complete
      throw error;
    }
  }

  private async record(customer: AnonymizedCustomer, count: number): Promise<void> {
    await this.transaction.run(() =>
      this.audit.record({
        action: 'ARCHIVE_UNSEALED',
        module: 'archive',
        outcome: 'SUCCEEDED',
        actorId: null,
        actorRole: null,
        customerId: customer.id,
        details: { count },
      }),
    );
  }
}

async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: FOLDER_MODE });
  await chmod(path, FOLDER_MODE); // the folder may have existed
}

function nameOf({ type, retentionClass, retentionUntil }: SealedDocument): string {
  if (type !== SEALED_COPY) return asFileName(type);
  return `${retentionClass}-${yearKept(retentionClass as StatutoryClass, retentionUntil)}`;
}

/** Makes a safe file name. Numbers and types are free text, and must neither leave the directory nor be hidden. */
function asFileName(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]/gu, '_').replace(/^\./, '_');
}
