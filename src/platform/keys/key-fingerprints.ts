import { createHmac } from 'node:crypto';

/** Rows of one statement, in a transaction of its own unless stated otherwise. */
export type QueryRows = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** Identifies a key without revealing anything about it. */
export const fingerprintOf = (name: string, key: Buffer): string =>
  createHmac('sha256', key).update(`lethe key fingerprint v1 ${name}`).digest('base64url');

/**
 * Fingerprints of the keys that the database depends on. A key is recorded when it is first used, and only the database
 * owner can replace a recorded fingerprint.
 */
export class KeyFingerprints {
  constructor(private readonly query: QueryRows) {}

  /** The recorded fingerprint of the key; null when none is recorded. */
  async recorded(name: string): Promise<string | null> {
    const [row] = await this.query<{ fingerprint: string }>('SELECT fingerprint FROM key_fingerprint WHERE name = $1', [
      name,
    ]);
    return row?.fingerprint ?? null;
  }

  /** Whether this is the recorded fingerprint. Records it if there is none. */
  async isKnown(name: string, fingerprint: string): Promise<boolean> {
    await this.query(
      `INSERT INTO key_fingerprint (name, fingerprint)
       VALUES ($1, $2)
       ON CONFLICT (name) DO NOTHING`,
      [name, fingerprint],
    );
    return (await this.recorded(name)) === fingerprint; // another process may have recorded one concurrently
  }

  /** Replaces the fingerprint, in a transaction of the database owner. Returns the previous one, or null. */
  async replace(name: string, fingerprint: string): Promise<string | null> {
    const [previous] = await this.query<{ fingerprint: string }>(
      'SELECT fingerprint FROM key_fingerprint WHERE name = $1 FOR UPDATE',
      [name],
    );
    if (previous?.fingerprint === fingerprint) return fingerprint;
    await this.query(
      `INSERT INTO key_fingerprint (name, fingerprint)
       VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint, recorded_at = now()`,
      [name, fingerprint],
    );
    return previous?.fingerprint ?? null;
  }
}
