import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../src/libraries/embedded-postgres';
import { noteInSink } from './sinks';
import { StatementWatch } from './statement-watch';

/** Nobody needs a test's rows after a power cut. */
export const FAST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
} as const;

/** A data folder the database's own user may enter, also where the tests run as root. */
export function temporaryDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'lethe-test-'));
  chmodSync(dir, 0o711);
  return dir;
}

/** The one cluster of a test run. It is kept by this process: when that is killed, the server goes with it. */
export class TestCluster {
  private constructor(
    private readonly dataDir: string,
    readonly postgres: EmbeddedPostgres,
    /** JSON of the server's address, for the workers. */
    readonly addressFile: string,
    private readonly statements: StatementWatch,
  ) {}

  static async start(): Promise<TestCluster> {
    const dataDir = temporaryDataDir();
    const postgres = await EmbeddedPostgres.open({
      dataDir,
      mode: 'serve',
      settings: FAST_SETTINGS,
      binDir: process.env.LETHE_TEST_POSTGRES_BIN, // another PostgreSQL than the one that comes with the product
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
