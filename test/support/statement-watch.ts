import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { ServerAddress } from '../../src/libraries/embedded-postgres';
import { statementsUnderWay } from './product-sinks';
import { noteInSink } from './sinks';

const INTERVAL_MS = 100;

/** Polls the statements of the product's sessions, as any role that may monitor the server can. */
export class StatementWatch {
  private readonly seen = new Set<string>();
  private readonly watching: Promise<void>;
  private isOver = false;

  private constructor(private readonly client: Client) {
    this.watching = this.watch();
  }

  static async start({ host, port, superuser, password }: ServerAddress): Promise<StatementWatch> {
    const client = new Client({ host, port, user: superuser, password, database: 'postgres' });
    await client.connect();
    return new StatementWatch(client);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.watching;
    await this.client.end();
    noteInSink('statements', [...this.seen, ''].join('\n'));
  }

  private async watch(): Promise<void> {
    while (!this.isOver) {
      for (const statement of await statementsUnderWay(this.client)) this.seen.add(statement);
      await delay(INTERVAL_MS);
    }
  }
}
