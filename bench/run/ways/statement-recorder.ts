/*
 * Preloaded before the product: records the statements of each single anonymization, so that they can be sent again by
 * hand.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import { Client } from 'pg';

export interface RecordedStatement {
  readonly text: string;
  readonly values?: unknown[];
  readonly name?: string;
}

const requests: RecordedStatement[][] = [];
const inProgress = new AsyncLocalStorage<RecordedStatement[]>();

// the patched functions are methods of others and are called with the same `this`
type Method = (this: unknown, ...args: unknown[]) => unknown;
const emit = Server.prototype.emit as Method; // eslint-disable-line @typescript-eslint/unbound-method
const query = Client.prototype.query as Method; // eslint-disable-line @typescript-eslint/unbound-method

Object.assign(Server.prototype, {
  emit(this: Server, ...args: unknown[]): unknown {
    const [event, request] = args as [string, { method?: string; url?: string }];
    if (event !== 'request' || request.method !== 'POST' || request.url?.endsWith('/anonymization') !== true)
      return emit.apply(this, args);
    const statements: RecordedStatement[] = [];
    requests.push(statements);
    return inProgress.run(statements, () => emit.apply(this, args));
  },
});

Object.assign(Client.prototype, {
  query(this: Client, ...args: unknown[]): unknown {
    const [statement, values] = args as [string | RecordedStatement, unknown];
    const given = typeof statement === 'string' ? { text: statement } : statement;
    inProgress.getStore()?.push({
      text: given.text,
      values: given.values ?? (Array.isArray(values) ? (values as unknown[]) : undefined),
      name: given.name,
    });
    return query.apply(this, args);
  },
});

process.on('message', (question) => {
  if (question === 'statements') process.send!(requests);
});
