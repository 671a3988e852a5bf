import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { AppModule } from '../../src/app/app.module';
import { configureApp } from '../../src/app/app.setup';
import { Ledger } from '../../src/libraries/transparency-log';
import { LogVerification } from '../../src/modules/audit';
import { DataMap } from '../../src/modules/data-map';
import { BootstrapEmployees } from '../../src/modules/employee';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { Clock } from '../../src/platform/clock/clock';
import { HealthSignals } from '../../src/platform/health/health-signals';
import type { Settlement } from '../../src/modules/replay';
import { type Replayed, replay, resolveConflicts, type Settled } from '../../src/app/replay';
import { Population } from './customer-rows';
import { noteLedger, notingAnswers } from './product-sinks';
import { finishedRun } from './runs';
import { type Login, PASSWORD, SettableClock } from './test-app';
import { createTestDatabase, type TestDatabase } from './test-database';
import { until } from './until';

/**
 * A product whose database can be backed up and restored. Ledger, keys and archive are separate and stay as they are.
 */
export class RestorableShop {
  private product: NestExpressApplication | undefined;
  private client: Client | undefined;

  private constructor(
    readonly database: TestDatabase,
    readonly config: LetheConfig,
    /** the clock of the serving product; commands use the real one */
    readonly clock: SettableClock,
    private readonly dataDir: string,
    private readonly administrator: Client,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<RestorableShop> {
    const database = await createTestDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'lethe-shop-'));
    const config = LetheConfig.from({
      LETHE_DATA_DIR: dataDir,
      LETHE_BOOTSTRAP_PASSWORD: PASSWORD,
      LETHE_LOG_LEVEL: 'silent',
      ...environment,
    });
    const administrator = new Client({ ...database.superuser, database: 'postgres' });
    await administrator.connect();
    return new RestorableShop(database, config, new SettableClock(config), dataDir, administrator);
  }

  get ledger(): Ledger {
    return new Ledger(this.config.ledgerFolder);
  }

  /** Starts the product as `npm start` does. */
  async serve(): Promise<void> {
    const module = await Test.createTestingModule({ imports: [AppModule.of(this.config, this.database)] })
      .overrideProvider(Clock)
      .useValue(this.clock)
      .compile();
    const product = module.createNestApplication<NestExpressApplication>({ bodyParser: false, bufferLogs: true });
    configureApp(product);
    await product.init();
    if (product.get(HealthSignals).faults.length === 0) await product.get(BootstrapEmployees).createFirstEmployees();
    await product.listen(0, '127.0.0.1');
    this.product = product;
  }

  async stop(): Promise<void> {
    await this.product?.close();
    this.product = undefined;
  }

  anonymous(): TestAgent {
    return notingAnswers(request.agent(this.product!.getHttpServer()));
  }

  async as(login: Login): Promise<TestAgent> {
    const agent = this.anonymous();
    const { body } = await agent.post('/api/v1/auth/login').send({ username: login, password: PASSWORD }).expect(200);
    return agent.set('Authorization', `Bearer ${(body as { accessToken: string }).accessToken}`);
  }

  /** Inserts customers with a row of every kind in every table. */
  async population(): Promise<Population> {
    return Population.of(await this.sql(), this.dataMap.allCustomerTables);
  }

  /** The first problem that the product's own verification finds in the log; null if there is none. */
  async problemOfLog(): Promise<unknown> {
    return (await this.product!.get(LogVerification, { strict: false }).verify()).problem;
  }

  /** The data map of the running product. */
  get dataMap(): DataMap {
    return this.product!.get(DataMap, { strict: false });
  }

  async anonymize(customerId: string): Promise<void> {
    const admin = await this.as('admin');
    const { body } = await admin.get(`/api/v1/customers/${customerId}`).expect(200);
    const order = { confirmation: (body as { customerNumber: string }).customerNumber, reason: 'ERASURE_REQUEST' };
    await admin.post(`/api/v1/customers/${customerId}/anonymization`).send(order).expect(200);
  }

  /** Anonymizes all of these customers in one run. */
  async anonymizeAll(customerIds: readonly string[]): Promise<string> {
    const admin = await this.as('admin');
    const created = await admin.post('/api/v1/anonymization-runs').send({ customerIds }).expect(202);
    const { id } = created.body as { id: string };
    await finishedRun(admin, id, 'PREVIEWED');
    const order = { confirmation: customerIds.length, reason: 'RETENTION_EXPIRED', reference: 'T-4711' };
    await admin.post(`/api/v1/anonymization-runs/${id}/start`).send(order).expect(202);
    await finishedRun(admin, id, 'COMPLETED');
    return id;
  }

  /** Waits until a checkpoint in the ledger covers every entry of the log. */
  async anchored(): Promise<void> {
    const isBehind = `SELECT FROM audit.entry WHERE NOT EXISTS (SELECT FROM audit.position WHERE entry_id = entry.id)
      UNION ALL SELECT FROM audit.position HAVING max(sequence) > coalesce((SELECT max(size) FROM audit.checkpoint), 0)`;
    await until('everything is anchored', async () => (await this.query(isBehind)).length === 0);
  }

  /** Waits until the product reports that it serves again. */
  served(): Promise<void> {
    return until('the product serves', async () => {
      const { status } = await this.anonymous().get('/api/v1/health/ready');
      return status === 200;
    });
  }

  /** Stops the product and copies its database. */
  async backUp(): Promise<void> {
    await this.copy(this.name, this.backup);
  }

  /** Replaces the database with the backup. */
  async restore(): Promise<void> {
    await this.stop();
    await this.disconnect();
    await this.administrator.query(`DROP DATABASE ${this.name} WITH (FORCE)`);
    await this.copy(this.backup, this.name);
  }

  replay(folder = this.config.ledgerFolder): Promise<Replayed> {
    return replay(this.config.withLogLevel('silent'), this.database, folder);
  }

  /** Does what `npm run erasure:resolve` does. */
  resolve(settlement: Settlement | null): Promise<Settled> {
    return resolveConflicts(this.config.withLogLevel('silent'), this.database, settlement);
  }

  /** A superuser's connection past the product. */
  async sql(): Promise<Client> {
    if (this.client === undefined) {
      this.client = new Client(this.database.superuser);
      this.client.on('error', () => undefined);
      await this.client.connect();
    }
    return this.client;
  }

  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await (await this.sql()).query(sql, parameters)).rows as Row[];
  }

  async dispose(): Promise<void> {
    await this.stop();
    await this.disconnect();
    await this.administrator.query(`DROP DATABASE IF EXISTS ${this.backup}`);
    await this.administrator.end();
    noteLedger(this.config.ledgerFolder);
    await this.database.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private get name(): string {
    return this.database.superuser.database!;
  }

  private get backup(): string {
    return `${this.name}_backup`;
  }

  private async disconnect(): Promise<void> {
    await this.client?.end();
    this.client = undefined;
  }

  /** A database can only be copied while no session is connected; closed sessions end a moment later. */
  private async copy(from: string, to: string): Promise<void> {
    await this.stop();
    await this.disconnect();
    await until('nobody is connected', async () => {
      const { rowCount } = await this.administrator.query('SELECT FROM pg_stat_activity WHERE datname = $1', [from]);
      return rowCount === 0;
    });
    await this.administrator.query(`CREATE DATABASE ${to} TEMPLATE ${from} STRATEGY file_copy OWNER lethe_owner`);
  }
}
