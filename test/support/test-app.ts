import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Client } from 'pg';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { AppModule } from '../../src/app/app.module';
import { configureApp } from '../../src/app/app.setup';
import { BootstrapEmployees } from '../../src/modules/employee';
import { Scrape } from '../../src/modules/metrics/scrape';
import { Clock } from '../../src/platform/clock/clock';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { noteLedger, notingAnswers, statementsUnderWay } from './product-sinks';
import { Records } from './records';
import { noteInSink } from './sinks';
import { createTestDatabase, type TestDatabase } from './test-database';

export const PASSWORD = 'correct horse battery';

/** A clock that only moves when a test sets it. */
export class SettableClock extends Clock {
  private instant: Date | null = null;
  /** Increases with every setting, because an access token issued at another time may have expired. */
  settings = 0;

  set(instant: string | null): void {
    this.instant = instant === null ? null : new Date(instant);
    this.settings++;
  }

  override now(): Date {
    return this.instant ?? super.now();
  }
}

export type Login = 'admin' | 'employee' | 'compliance';

/** The whole product on a database of its own, with the three bootstrap logins. */
export class TestApp {
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly nest: NestExpressApplication,
    readonly database: TestDatabase,
    readonly clock: SettableClock,
    readonly config: LetheConfig,
    /** a superuser's connection past the product */
    readonly sql: Client,
    readonly records: Records,
    private readonly dataDir: string,
  ) {}

  /**
   * @param settings statements that the superuser runs before the product connects; `CURRENT_DATABASE` is the
   *   database's name
   * @param portalFolder a built portal; by default the product's own, if it is built
   */
  static async start(
    environment: Readonly<Record<string, string>> = {},
    settings: readonly string[] = [],
    portalFolder?: string,
  ): Promise<TestApp> {
    const database = await createTestDatabase();
    await configure(database, settings);
    const dataDir = mkdtempSync(join(tmpdir(), 'lethe-app-'));
    const config = LetheConfig.from({
      LETHE_DATA_DIR: dataDir,
      LETHE_BOOTSTRAP_PASSWORD: PASSWORD,
      LETHE_LOG_LEVEL: 'silent',
      ...environment,
    });
    const clock = new SettableClock(config);
    const module = await Test.createTestingModule({ imports: [AppModule.of(config, database)] })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    const nest = module.createNestApplication<NestExpressApplication>({ bodyParser: false, bufferLogs: true });
    configureApp(nest, portalFolder);
    await nest.get(BootstrapEmployees).createFirstEmployees();
    await nest.listen(0, '127.0.0.1');
    const sql = await database.look();
    noteInSink('applications', `${database.superuser.database}\n`);
    return new TestApp(nest, database, clock, config, sql, new Records(sql), dataDir);
  }

  /** An agent that is logged in as one of the bootstrap logins. */
  async as(login: Login): Promise<TestAgent> {
    const agent = this.anonymous();
    const key = `${login} ${this.clock.settings}`;
    let token = this.tokens.get(key);
    if (token === undefined) {
      const response = await agent.post('/api/v1/auth/login').send({ username: login, password: PASSWORD }).expect(200);
      token = (response.body as { accessToken: string }).accessToken;
      this.tokens.set(key, token);
    }
    return agent.set('Authorization', `Bearer ${token}`);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.nest.getHttpServer().address() as AddressInfo).port}`;
  }

  anonymous(): TestAgent {
    return notingAnswers(request.agent(this.nest.getHttpServer()));
  }

  async stop(): Promise<void> {
    noteInSink('statements', (await statementsUnderWay(await this.database.look())).join('\n'));
    noteInSink('metrics', await this.nest.get(Scrape, { strict: false }).text());
    await this.nest.close();
    noteLedger(this.config.ledgerFolder);
    await this.database.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

async function configure(database: TestDatabase, settings: readonly string[]): Promise<void> {
  if (settings.length === 0) return;
  const sql = await database.look();
  for (const setting of settings) await sql.query(setting.replaceAll('CURRENT_DATABASE', database.superuser.database!));
}
