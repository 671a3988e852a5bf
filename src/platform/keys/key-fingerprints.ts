import { createHmac } from 'node:crypto';

/** Rows of one statement, in a transaction of its own unless stated otherwise. */
export type QueryRows = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** Tells one key from another without saying anything about it. */
export const fingerprintOf = (name: string, key: Buffer): string =>
  createHmac('sha256', key).update(`lethe key fingerprint v1 ${name}`).digest('base64url');

/**
 * Which keys the database depends on. A key is recorded when it is first used; only the owner replaces what is
 * recorded.
 */
export class KeyFingerprints {
  constructor(private readonly query: QueryRows) {}

  /** Null while the database depends on no such key, as far as it knows. */
  async recorded(name: string): Promise<string | null> {
    const [row] = await this.query<{ fingerprint: string }>('SELECT fingerprint FROM key_fingerprint WHERE name = $1', [
      name,
    ]);
    return row?.fingerprint ?? null;
  }

  /** Whether it is the one that is recorded; the first one is recorded. */
  async isKnown(name: string, fingerprint: string): Promise<boolean> {
    await this.query(
      `INSERT INTO key_fingerprint (name, fingerprint)
       VALUES ($1, $2)
       ON CONFLICT (name) DO NOTHING`,
      [name, fingerprint],
    );
    return (await this.recorded(name)) === fingerprint; // another process may have been first
  }

  /** Records another fingerprint, in a transaction of the database owner; returns the one before, or null. */
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
