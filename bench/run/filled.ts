import { openKeyEncryptionKey } from '../../src/modules/archive';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { KeyFolder } from '../../src/platform/keys/key-folder';
import type { BenchDatabase } from '../bench-database';
import { ProductProcess } from '../product-process';
import { populate } from './population';

/**
 * Fills the database unless an earlier command has; returns the argument for {@link BenchDatabase.fresh}. The selection
 * of all customers is saved last, through the API as an employee would: the database has statistics of everything but
 * its members.
 */
export async function filled(database: BenchDatabase, customers: number): Promise<string> {
  const purpose = `saved_${customers}`;
  if (await database.isFilled(purpose)) return purpose;
  await database.fresh();
  await (await ProductProcess.serve(database)).stop(); // creates schema, keys and logins
  const keys = await KeyFolder.open(LetheConfig.from(database.environment).keysFolder);
  const client = await database.connect();
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await client.query(sql, [...parameters])).rows as Row[];
  const keyEncryptionKey = await openKeyEncryptionKey(keys, query);
  await client.end();
  await populate(database, customers, keyEncryptionKey);
  await saveSelection(database, customers);
  await database.keepFilled(purpose);
  return purpose;
}

async function saveSelection(database: BenchDatabase, customers: number): Promise<void> {
  const server = await ProductProcess.serve(database);
  try {
    const caller = await server.logIn('admin');
    const answer = await caller.post('/selections', { name: 'Bench', criteria: {} });
    const { id, memberCount } = JSON.parse(answer) as { id: string; memberCount: number };
    if (id !== '1' || memberCount !== customers) throw new Error(`Selection ${id} has ${memberCount} members`);
  } finally {
    await server.stop();
  }
}
