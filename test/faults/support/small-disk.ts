import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Connection } from '../../../src/platform/database/connection';
import { temporaryDataDir } from '../../support/test-cluster';

const TABLESPACE = 'small_disk';
const SIZE_KB = 1_024;

/**
 * A disk that fills up under a table: a tablespace on a small tmpfs. Only root may mount one. Without that permission,
 * the table refuses rows beyond that size with the error code of a full disk, which is all that the product sees of it,
 * and the output says so.
 */
export class SmallDisk {
  private constructor(
    private readonly superuser: Connection,
    private readonly table: string,
    /** null when nothing is mounted */
    private readonly folder: string | null,
  ) {}

  static async under(table: string, superuser: Connection): Promise<SmallDisk> {
    const folder = await asSuperuser(superuser, mountFor);
    const disk = new SmallDisk(superuser, table, folder);
    if (folder === null) process.stderr.write('NO TMPFS COULD BE MOUNTED: the full disk is only imitated\n');
    await disk.run(
      folder === null
        ? `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF pg_relation_size('${table}') > ${SIZE_KB} * 1024 THEN
               RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
             END IF;
             RETURN NULL;
           END $$;
           CREATE TRIGGER no_room BEFORE INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION no_room()`
        : `ALTER TABLE ${table} SET TABLESPACE ${TABLESPACE}`,
    );
    return disk;
  }

  async grow(): Promise<void> {
    if (this.folder === null) await this.run(`DROP TRIGGER no_room ON ${this.table}`);
    else mount('remount,size=256m', this.folder);
  }

  /** Call it after the database is dropped. */
  async dispose(): Promise<void> {
    if (this.folder === null) return;
    await asSuperuser({ ...this.superuser, database: 'postgres' }, (client) =>
      client.query(`DROP TABLESPACE ${TABLESPACE}`),
    );
    spawnSync('umount', [this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(statement: string): Promise<unknown> {
    return asSuperuser(this.superuser, (client) => client.query(statement));
  }
}

/** Creates a tablespace on a tmpfs owned by the server's user; null without permission to mount one. */
async function mountFor(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
  const { uid, gid } = statSync(rows[0]!.data_directory);
  const folder = join(temporaryDataDir(), 'disk');
  mkdirSync(folder);
  if (!mount(`size=${SIZE_KB}k,uid=${uid},gid=${gid},mode=0700`, folder)) return null;
  await client.query(`CREATE TABLESPACE ${TABLESPACE} LOCATION '${folder}'`);
  return folder;
}

function mount(options: string, folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'lethe-small-disk', folder]).status === 0;
}

async function asSuperuser<T>(connection: Connection, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
