import { LocalContentStore, openKeyEncryptionKey } from '../modules/archive';
import { importFolder, type ImportReport } from '../modules/import';
import type { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { connectAs } from '../platform/database/session';
import { KeyFolder } from '../platform/keys/key-folder';

/** Imports a folder into an open database with the application's role. */
export async function importInto(
  database: DatabaseAccess,
  config: LetheConfig,
  path: string,
  update: boolean,
): Promise<ImportReport> {
  const contents = await LocalContentStore.open(config.archiveFolder);
  const client = await connectAs(database.as('lethe_app'), { application_name: 'lethe import' });
  try {
    const query = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, [...parameters])).rows as Row[];
    const keyEncryptionKey = await openKeyEncryptionKey(await KeyFolder.open(config.keysFolder), query);
    return await importFolder({ client, contents, keyEncryptionKey }, path, { update });
  } finally {
    await client.end();
  }
}
