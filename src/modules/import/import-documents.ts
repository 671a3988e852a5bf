import type { ClientBase } from 'pg';
import type { DataKeyOwner, DocumentWriter } from '../archive';
import { CUSTOMERS } from '../customer';
import type { ImportErrors } from './import-errors';
import { importFile } from './import-files';
import type { ImportFolder } from './import-folder';

const DOCUMENTS_PER_BATCH = 500;

/** The files that archive_documents.csv names. */
export class ImportDocuments {
  constructor(
    private readonly client: ClientBase,
    private readonly folder: ImportFolder,
    private readonly writer: DocumentWriter,
  ) {}

  async check(errors: ImportErrors): Promise<void> {
    const ofFile = errors.ofFile(importFile('archive_documents'));
    const named = 'SELECT line, file FROM import_archive_documents WHERE file IS NOT NULL ORDER BY line';
    for await (const rows of this.batches<{ line: number; file: string }>(named)) {
      const found = await Promise.all(rows.map(({ file }) => this.folder.findDocument(file)));
      rows.forEach(({ line }, index) => {
        if (found[index] === null) ofFile.add(line, 'file', 'FILE_NOT_FOUND');
      });
    }
  }

  /**
   * Writes the contents, encrypted, and stores their ids and sizes in the staged rows. The customers are already
   * stored.
   */
  async write(): Promise<void> {
    const { client } = this;
    await client.query(
      'CREATE TEMPORARY TABLE import_contents (line integer, content_id uuid, size bigint) ON COMMIT DROP',
    );
    const named = `SELECT s.line, s.file, c.id AS "customerId", s.retention_class AS "retentionClass"
      FROM import_archive_documents s JOIN ${CUSTOMERS} c ON c.customer_number = s.customer_number
      WHERE s.file IS NOT NULL ORDER BY s.line`;
    for await (const rows of this.batches<DataKeyOwner & { line: number; file: string }>(named)) {
      const written = await this.writer.write(
        rows.map(({ file, customerId, retentionClass }) => ({
          owner: { customerId, retentionClass },
          open: () => this.folder.openDocument(file),
        })),
      );
      await client.query('INSERT INTO import_contents SELECT * FROM unnest($1::int[], $2::uuid[], $3::bigint[])', [
        rows.map(({ line }) => line),
        written.map(({ contentId }) => contentId),
        written.map(({ size }) => size),
      ]);
    }
    await client.query(`UPDATE import_archive_documents s SET content_id = w.content_id, size = w.size
      FROM import_contents w WHERE w.line = s.line`);
  }

  private async *batches<Row>(sql: string): AsyncGenerator<Row[]> {
    await this.client.query(`DECLARE import_documents NO SCROLL CURSOR FOR ${sql}`);
    for (;;) {
      const { rows } = await this.client.query(`FETCH ${DOCUMENTS_PER_BATCH} FROM import_documents`);
      if (rows.length === 0) break;
      yield rows as Row[];
    }
    await this.client.query('CLOSE import_documents');
  }
}
