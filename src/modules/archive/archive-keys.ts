import { randomBytes } from 'node:crypto';
import { DomainError } from '../../kernel/domain-error';
import type { RetentionClass } from '../../kernel/retention';
import { fingerprintOf, KeyFingerprints, type QueryRows } from '../../platform/keys/key-fingerprints';
import type { KeyFolder } from '../../platform/keys/key-folder';
import { type DataKeyOwner, unwrapKey, wrapKey } from './crypto/key-wrap';
import { SELECT_NEWEST_KEYS } from './queries/archive-keys.queries';

const KEY_BYTES = 32;

const KEY_FILE = 'archive.key';

/**
 * Opens the key that wraps the database's readable data keys. Creates a key only if the database does not depend on an
 * existing one.
 *
 * @throws DomainError `ARCHIVE_KEY_DIFFERS` when the key is lost or a different one; as {@link KeyFolder}
 */
export async function openKeyEncryptionKey(keys: KeyFolder, query: QueryRows): Promise<Buffer> {
  const fingerprints = new KeyFingerprints(query);
  const isRecorded = (await fingerprints.recorded(KEY_FILE)) !== null;
  const sample = isRecorded ? [] : await query<StoredKey>(SELECT_NEWEST_KEYS);
  const isNeeded = isRecorded || sample.length > 0;
  const key = isNeeded ? await keys.readKey(KEY_FILE, KEY_BYTES) : await keys.readOrCreate(KEY_FILE, KEY_BYTES);
  if (key === null || (sample.length > 0 && !sample.some((stored) => opens(key, stored))))
    throw new DomainError('ARCHIVE_KEY_DIFFERS');
  if (await fingerprints.isKnown(KEY_FILE, fingerprintOf(KEY_FILE, key))) return key;
  throw new DomainError('ARCHIVE_KEY_DIFFERS');
}

function opens(key: Buffer, stored: StoredKey): boolean {
  try {
    unwrapKey(key, stored.wrapped_key!, ownerOf(stored)).fill(0);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'DATA_KEY_REFUSED') return false;
    throw error;
  }
}

/** Runs statements in the transaction in progress, as `TransactionRunner` does. */
export interface Statements {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/**
 * Condition: `k` is the data key of the document `d`, either the key that came with it in a merge or the customer's own
 * key of the class.
 */
export const KEY_OF_DOCUMENT = `k.customer_id = d.customer_id AND k.retention_class = d.retention_class
  AND (k.id = d.key_id OR d.key_id IS NULL AND NOT k.inherited)`;

interface StoredKey {
  readonly id: string;
  readonly customer_id: string;
  readonly retention_class: RetentionClass;
  readonly wrapped_key: Buffer | null;
}

/**
 * The data keys of the archive: one per customer and retention class, so that deleting a key erases a class of
 * documents at once. Further keys may have come with a merge (`ArchiveInheritance`); nothing new is written under them.
 */
export class ArchiveKeys {
  constructor(
    private readonly statements: Statements,
    private readonly keyEncryptionKey: Buffer,
  ) {}

  /**
   * Returns the owners' data keys and creates missing ones. The caller has locked the customers for booking, and wipes
   * the keys after use.
   *
   * Error: `CUSTOMER_ANONYMIZED` when a key is sealed, so that this process can no longer open it.
   */
  async obtain(owners: readonly DataKeyOwner[]): Promise<DataKeys> {
    let stored = await this.find(owners);
    const known = new Set(stored.map(ownerOf).map(nameOf));
    const missing = owners.filter((owner) => !known.has(nameOf(owner)) && known.add(nameOf(owner)));
    if (missing.length > 0) {
      await this.create(missing);
      stored = await this.find(owners); // another process may have inserted it first
    }
    const keys = new DataKeys();
    for (const row of stored) {
      if (row.wrapped_key === null) throw new DomainError('CUSTOMER_ANONYMIZED');
      keys.add(ownerOf(row), row.id, unwrapKey(this.keyEncryptionKey, row.wrapped_key, ownerOf(row)));
    }
    return keys;
  }

  private find(owners: readonly DataKeyOwner[]): Promise<StoredKey[]> {
    return this.statements.query<StoredKey>(
      `SELECT id, customer_id, retention_class, wrapped_key FROM archive_key
       WHERE NOT inherited AND (customer_id, retention_class) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
      [owners.map(({ customerId }) => customerId), owners.map(({ retentionClass }) => retentionClass)],
    );
  }

  private async create(owners: readonly DataKeyOwner[]): Promise<void> {
    const wraps = owners.map((owner) => {
      const key = randomBytes(KEY_BYTES);
      const wrap = wrapKey(this.keyEncryptionKey, key, owner);
      key.fill(0);
      return wrap;
    });
    await this.statements.query(
      `INSERT INTO archive_key (customer_id, retention_class, wrapped_key)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])
       ON CONFLICT (customer_id, retention_class) WHERE NOT inherited DO NOTHING`,
      [owners.map(({ customerId }) => customerId), owners.map(({ retentionClass }) => retentionClass), wraps],
    );
  }
}

interface DataKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Data keys in plaintext, held only while documents are written or read. */
export class DataKeys {
  private readonly keys = new Map<string, DataKey>();

  add(owner: DataKeyOwner, id: string, bytes: Buffer): void {
    this.keys.set(nameOf(owner), { id, bytes });
  }

  keyOf(owner: DataKeyOwner): Buffer {
    return this.find(owner).bytes;
  }

  /** Id of the owner's row in `archive_key`. */
  idOf(owner: DataKeyOwner): string {
    return this.find(owner).id;
  }

  wipe(): void {
    for (const { bytes } of this.keys.values()) bytes.fill(0);
    this.keys.clear();
  }

  private find(owner: DataKeyOwner): DataKey {
    const key = this.keys.get(nameOf(owner));
    if (key === undefined) throw new Error('The data key was not asked for');
    return key;
  }
}

const ownerOf = (row: StoredKey): DataKeyOwner => ({
  customerId: row.customer_id,
  retentionClass: row.retention_class,
});
const nameOf = ({ customerId, retentionClass }: DataKeyOwner) => `${customerId} ${retentionClass}`;
