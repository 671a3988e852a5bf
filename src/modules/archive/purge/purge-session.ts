import type { Client } from 'pg';
import type { BusinessDate } from '../../../kernel/business-date';
import type { RetentionClass } from '../../../kernel/retention';
import { AdvisoryLock } from '../../../platform/database/advisory-lock';
import type { RoleConnection } from '../../../platform/database/connection';
import { connectAs } from '../../../platform/database/session';
import { auditEntry, INSERT_ENTRIES } from '../../audit';
import { ANONYMIZED_CUSTOMERS } from '../../customer';
import { KEY_OF_DOCUMENT } from '../archive-keys';
import { removeContents } from '../outbox/removal-message';
import { DELETE_DUE_DOCUMENTS, DELETE_DUE_ENVELOPES, DELETE_UNUSED_KEYS } from '../queries/purge.queries';

interface PurgedDocument {
  readonly id: string;
  readonly customer_id: string;
  readonly retention_class: RetentionClass;
  /** null when the content was deleted with its row, or there was none */
  readonly stored_content_id: string | null;
  readonly envelope_id: string | null;
}

/** A database session as lethe_purge, the only role that may delete from anonymized customers. */
export class PurgeSession {
  private constructor(private readonly client: Client) {}

  static async open(connection: RoleConnection): Promise<PurgeSession> {
    return new PurgeSession(await connectAs(connection, { application_name: 'lethe-purge' }));
  }

  /** Takes the purge lock. True when no other process purges; the lock then excludes all others. */
  async isAlone(): Promise<boolean> {
    const [row] = await this.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
      AdvisoryLock.PURGE,
    ]);
    return row?.alone === true;
  }

  /** Anonymized customers with documents whose period has passed, in id order. */
  async findDueCustomers(today: BusinessDate): Promise<string[]> {
    const rows = await this.query<{ id: string }>(
      `SELECT c.id FROM ${ANONYMIZED_CUSTOMERS} c
       WHERE c.id IN (SELECT d.customer_id FROM archive_document d WHERE d.retention_until < $1) ORDER BY c.id`,
      [today],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Purges the due documents of these customers in one transaction with the audit entries. Returns the number of
   * documents.
   */
  async purge(customerIds: readonly string[], today: BusinessDate, now: Date): Promise<number> {
    await this.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    try {
      const documents = await this.deleteDocuments(customerIds, today);
      await this.removeContents(documents);
      const envelopesOfKeys = await this.deleteKeys(documents);
      await this.deleteEnvelopes([...documents.map(({ envelope_id }) => envelope_id), ...envelopesOfKeys]);
      await this.record(documents, now);
      await this.query('COMMIT');
      return documents.length;
    } catch (error) {
      await this.query('ROLLBACK').catch(() => undefined); // the first error is the one to report
      throw error;
    }
  }

  /**
   * Deletes the envelopes whose last day has passed, with keys in them that open nothing. Their contents were due with
   * them and have been purged, so neither this database nor a later backup of it opens older copies of those contents.
   */
  async deleteDueEnvelopes(today: BusinessDate): Promise<void> {
    await this.query(
      `DELETE FROM archive_key k USING fiscal_envelope e
       WHERE e.id = k.envelope_id AND e.retention_until < $1
         AND NOT EXISTS (SELECT FROM archive_document d WHERE d.content_id IS NOT NULL AND ${KEY_OF_DOCUMENT})`,
      [today],
    );
    await this.query(DELETE_DUE_ENVELOPES, [today]);
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  private deleteDocuments(customerIds: readonly string[], today: BusinessDate): Promise<PurgedDocument[]> {
    return this.query<PurgedDocument>(DELETE_DUE_DOCUMENTS, [customerIds, today]);
  }

  /** Schedules the removal of the bytes, which the outbox does after commit. */
  private async removeContents(documents: readonly PurgedDocument[]): Promise<void> {
    await this.query(removeContents('FROM unnest($1::uuid[]) AS content_id WHERE content_id IS NOT NULL'), [
      documents.map(({ stored_content_id }) => stored_content_id),
    ]);
  }

  /** Deletes keys that no longer open a document. Returns the envelopes that they were sealed in. */
  private async deleteKeys(documents: readonly PurgedDocument[]): Promise<(string | null)[]> {
    const keys = await this.query<{ envelope_id: string | null }>(DELETE_UNUSED_KEYS, [
      documents.map(({ customer_id }) => customer_id),
    ]);
    return keys.map(({ envelope_id }) => envelope_id);
  }

  /** Deletes envelopes without any content left. Customers who were anonymized together share an envelope. */
  private async deleteEnvelopes(envelopeIds: readonly (string | null)[]): Promise<void> {
    await this.query(
      `DELETE FROM fiscal_envelope e WHERE e.id = ANY ($1::uuid[])
         AND NOT EXISTS (SELECT FROM archive_document d WHERE d.envelope_id = e.id)
         AND NOT EXISTS (SELECT FROM archive_key k WHERE k.envelope_id = e.id)`,
      [envelopeIds],
    );
  }

  private async record(documents: readonly PurgedDocument[], now: Date): Promise<void> {
    const entries = [...byCustomer(documents)].map(([customerId, purged]) =>
      auditEntry(
        {
          action: 'DOCUMENT_PURGED',
          module: 'archive',
          outcome: 'SUCCEEDED',
          actorId: null,
          actorRole: null,
          customerId,
          details: {
            count: purged.length,
            classes: countByClass(purged),
            documentIds: purged.map(({ id }) => id).sort((a, b) => Number(a) - Number(b)),
          },
        },
        now,
      ),
    );
    await this.query(INSERT_ENTRIES, [entries.map(({ id }) => id), entries.map(({ canonical }) => canonical)]);
  }

  private async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, [...parameters])).rows as Row[];
  }
}

function byCustomer(documents: readonly PurgedDocument[]): Map<string, PurgedDocument[]> {
  const found = new Map<string, PurgedDocument[]>();
  for (const document of documents)
    found.set(document.customer_id, [...(found.get(document.customer_id) ?? []), document]);
  return found;
}

function countByClass(documents: readonly PurgedDocument[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { retention_class } of documents) counts[retention_class] = (counts[retention_class] ?? 0) + 1;
  return counts;
}
