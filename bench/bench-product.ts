import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client } from 'pg';
import { AppModule } from '../src/app/app.module';
import { configureApp } from '../src/app/app.setup';
import { BootstrapEmployees } from '../src/modules/employee';
import { LetheConfig } from '../src/platform/config/lethe-config';
import type { DatabaseAccess } from '../src/platform/database/connection';
import { openDatabase } from '../src/platform/database/database-access';
import { PASSWORD } from './bench-database';
import { HttpCaller } from './http-caller';

/**
 * The whole product on a database of its own: a throw-away embedded one, or the empty one of LETHE_BENCH_DATABASE_URL.
 */
export class BenchProduct {
  private constructor(
    readonly nest: NestExpressApplication,
    private readonly access: DatabaseAccess,
  ) {}

  /** Starts the product, runs `work` with it, and cleans up afterwards. */
  static async use(work: (product: BenchProduct) => Promise<void>): Promise<void> {
    const dataDir = await mkdtemp(join(tmpdir(), 'lethe-bench-'));
    await chmod(dataDir, 0o711); // when started by root, the database runs as another user
    try {
      const product = await BenchProduct.start(dataDir);
      try {
        await work(product);
      } finally {
        await product.stop();
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }

  private static async start(dataDir: string): Promise<BenchProduct> {
    const config = LetheConfig.from({
      DATABASE_URL: process.env.LETHE_BENCH_DATABASE_URL,
      LETHE_DATA_DIR: join(dataDir, 'data'),
      LETHE_BOOTSTRAP_PASSWORD: PASSWORD,
      LETHE_LOG_LEVEL: 'silent',
    });
    const access = await openDatabase(config, 'serve');
    try {
      const nest = await NestFactory.create<NestExpressApplication>(AppModule.of(config, access), {
        bodyParser: false,
        logger: false,
        abortOnError: false,
      });
      configureApp(nest);
      await nest.get(BootstrapEmployees).createFirstEmployees();
      await nest.listen(0, '127.0.0.1');
      return new BenchProduct(nest, access);
    } catch (error) {
      await access.stop();
      throw error;
    }
  }

  /** A connection with the privileges of the product. */
  connect(): Promise<Client> {
    return this.connectAs('lethe_app');
  }

  /** A connection that may maintain the tables. */
  connectAsOwner(): Promise<Client> {
    return this.connectAs('lethe_migrator');
  }

  /** A caller of the API, logged in as an employee. */
  async callAsEmployee(): Promise<HttpCaller> {
    const { port } = this.nest.getHttpServer().address() as AddressInfo;
    return HttpCaller.logIn(port, 'employee', PASSWORD);
  }

  private async connectAs(role: 'lethe_app' | 'lethe_migrator'): Promise<Client> {
    const client = new Client(this.access.as(role));
    await client.connect();
    if (role === 'lethe_migrator') await client.query('SET ROLE lethe_owner');
    return client;
  }

  private async stop(): Promise<void> {
    await this.nest.close();
    await this.access.stop();
  }
}
