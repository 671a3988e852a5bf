import { Readable } from 'node:stream';
import { ArchiveKeys, DocumentWriter } from '../../src/modules/archive';
import { CONTENT_STORE, KEY_ENCRYPTION_KEY } from '../../src/modules/archive/archive-tokens';
import type { ContentStore } from '../../src/modules/archive/storage/content-store';
import { type RetentionClass, retentionUntil } from '../../src/kernel/retention';
import type { TestApp } from './test-app';

export interface NewDocument {
  readonly content?: string | Buffer;
  readonly retentionClass?: RetentionClass;
  readonly createdOn?: string;
  readonly title?: string;
  readonly fileName?: string;
  readonly mediaType?: string;
}

export const contentStoreOf = (app: TestApp): ContentStore => app.nest.get(CONTENT_STORE, { strict: false });

/**
 * Archives a document as the product does, with its bytes encrypted in the content store; returns the ids of the
 * document and of its content.
 */
export async function archiveDocument(
  app: TestApp,
  customerId: string,
  document: NewDocument = {},
): Promise<{ id: string; contentId: string }> {
  const { content = 'archived', retentionClass = 'NONE', createdOn = '2024-03-01' } = document;
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await app.sql.query(sql, [...parameters])).rows as Row[];
  const keyEncryptionKey = app.nest.get<Buffer>(KEY_ENCRYPTION_KEY, { strict: false });
  const writer = new DocumentWriter(new ArchiveKeys({ query }, keyEncryptionKey), contentStoreOf(app));
  const bytes = Buffer.from(content);
  const owner = { customerId, retentionClass };
  const [written] = await writer.write([{ owner, open: () => Readable.from([bytes], { objectMode: false }) }]);
  const id = await app.records.insert('archive_document', {
    customer_id: customerId,
    title: document.title ?? 'Brief',
    file_name: document.fileName ?? 'brief.txt',
    media_type: document.mediaType ?? 'text/plain',
    retention_class: retentionClass,
    created_on: createdOn,
    retention_until: retentionUntil(retentionClass, createdOn),
    size: written!.size,
    content_id: written!.contentId,
  });
  return { id, contentId: written!.contentId };
}
