import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../src/libraries/embedded-postgres';
import { noteInSink } from './sinks';
import { StatementWatch } from './statement-watch';

/** Settings without durability, because tests need no rows after a power cut. */
export const FAST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '90', // 30 for each worker of Jest
} as const;

/** Creates a data folder that the database's own user may enter, also when the tests run as root. */
export function temporaryDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'lethe-test-'));
  chmodSync(dir, 0o711);
  return dir;
}

/** The one cluster of a test run. It belongs to this process: the server ends when the process is killed. */
export class TestCluster {
  private constructor(
    private readonly dataDir: string,
    readonly postgres: EmbeddedPostgres,
    /** JSON file with the server's address, for the workers */
    readonly addressFile: string,
    private readonly statements: StatementWatch,
  ) {}

  static async start(): Promise<TestCluster> {
    const dataDir = temporaryDataDir();
    const postgres = await EmbeddedPostgres.open({
      dataDir,
      mode: 'serve',
      settings: FAST_SETTINGS,
      binDir: process.env.LETHE_TEST_POSTGRES_BIN, // another PostgreSQL than the one bundled with the product
    });
    const addressFile = join(dataDir, 'address.json');
    writeFileSync(addressFile, JSON.stringify(postgres.address), { mode: 0o600 });
    return new TestCluster(dataDir, postgres, addressFile, await StatementWatch.start(postgres.address));
  }

  async stop(): Promise<void> {
    await this.statements.stop();
    await this.postgres.stop();
    noteInSink('postgres-log', readFileSync(join(this.dataDir, 'postgres.log'), 'utf8'));
    rmSync(this.postgres.clusterDir, { recursive: true, force: true });
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
