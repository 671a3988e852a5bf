import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEnvelope } from '../../src/modules/archive';
import type { TestApp } from './test-app';

export interface ReadCopy {
  readonly retentionClass: string;
  readonly retentionUntil: string;
  readonly envelopeId: string;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as it was parsed
  readonly copy: any;
}

/**
 * A customer's sealed copies by class and year, opened with the identity that a test application keeps beside its keys.
 */
export async function sealedCopiesOf(app: TestApp, customerId: string): Promise<ReadCopy[]> {
  const identity = readFileSync(join(app.config.keysFolder, 'fiscal-seal.identity'), 'utf8');
  const { rows } = await app.sql.query(
    `SELECT d.content_id, d.sealed_content, d.retention_class, d.retention_until, e.id AS envelope_id, e.sealed_key
     FROM archive_document d JOIN fiscal_envelope e ON e.id = d.envelope_id
     WHERE d.customer_id = $1 AND d.type = 'SEALED_COPY'
     ORDER BY d.retention_class, d.retention_until`,
    [customerId],
  );
  const copies: ReadCopy[] = [];
  for (const row of rows) {
    const envelope = await openEnvelope(row.sealed_key, identity);
    const text = envelope.decrypt(row.content_id, row.sealed_content).toString();
    envelope.dispose();
    copies.push({
      retentionClass: row.retention_class,
      retentionUntil: row.retention_until,
      envelopeId: row.envelope_id,
      text,
      copy: JSON.parse(text),
    });
  }
  return copies;
}
