import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';
import { type CsvRow, sendCsv } from '../../src/platform/csv/send-csv';

describe('sendCsv', () => {
  let server: Server;
  let rows: () => AsyncGenerator<CsvRow>;
  let outcome: Promise<void>;
  let closed: boolean;

  beforeAll(async () => {
    const app = express();
    app.get('/file', (_request, response: Response) => {
      outcome = sendCsv(response, { name: 'file.csv', columns: ['a', 'b'], rows: rows() });
      outcome.catch(() => response.headersSent || response.status(500).end());
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterAll(() => server.close());

  const ask = async (): Promise<IncomingMessage> => {
    const [answer] = (await once(get({ port: (server.address() as AddressInfo).port, path: '/file' }), 'response')) as [
      IncomingMessage,
    ];
    return answer.setEncoding('utf8');
  };
  const textOf = async (answer: IncomingMessage): Promise<string> => (await answer.toArray()).join('');

  async function* endless(): AsyncGenerator<CsvRow> {
    closed = false;
    try {
      for (let i = 0; ; i++) yield await Promise.resolve({ a: i, b: 'x'.repeat(1000) });
    } finally {
      closed = true;
    }
  }

  it('quotes, leaves empty cells and neutralizes formulas', async () => {
    rows = async function* () {
      yield await Promise.resolve({ a: 'x,"y"\nz', b: null });
      for (const a of ['=1', '+1', '-1', '@x', '\tx', '\rx']) yield { a, b: -1 };
      yield { a: false, b: undefined };
    };
    expect(await textOf(await ask())).toBe(
      `a,b\n"x,""y""\nz",\n'=1,-1\n'+1,-1\n'-1,-1\n'@x,-1\n'\tx,-1\n${`"'\rx",-1`}\nfalse,\n`,
    );
  });

  it('can still answer with a problem when the first row fails', async () => {
    rows = async function* () {
      await Promise.resolve();
      throw new Error('no rows');
    };
    expect((await ask()).statusCode).toBe(500);
  });

  it('closes the connection when a later row fails', async () => {
    rows = async function* () {
      yield await Promise.resolve({ a: 1, b: 2 });
      throw new Error('no more rows');
    };
    await expect(ask().then(textOf)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(outcome).rejects.toThrow('no more rows');
  });

  it('stops reading when the client disconnects, which is no failure', async () => {
    rows = endless;
    const answer = await ask();
    await once(answer, 'data');
    answer.destroy();
    await outcome;
    expect(closed).toBe(true);
  });
});
