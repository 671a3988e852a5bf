import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import express, { type Response } from 'express';
import { sendEvents } from '../../src/platform/http/send-events';

describe('sendEvents', () => {
  let server: Server;
  let events: () => AsyncGenerator<object | null>;
  let outcome: Promise<void>;
  let taken: number;
  let closed: boolean;

  beforeAll(async () => {
    const app = express();
    app.get('/events', (_request, response: Response) => {
      outcome = sendEvents(response, 'tick', events());
      outcome.catch(() => (response.headersSent ? response.destroy() : response.status(500).end()));
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterAll(() => server.close());

  const ask = async (): Promise<IncomingMessage> => {
    const [answer] = (await once(
      get({ port: (server.address() as AddressInfo).port, path: '/events' }),
      'response',
    )) as [IncomingMessage];
    return answer.setEncoding('utf8');
  };
  const textOf = async (answer: IncomingMessage): Promise<string> => (await answer.toArray()).join('');

  /** Far more than the buffers between server and client hold. */
  async function* many(): AsyncGenerator<object> {
    taken = 0;
    closed = false;
    try {
      for (; taken < 1_000; taken++) yield await Promise.resolve({ number: taken, text: 'x'.repeat(100_000) });
    } finally {
      closed = true;
    }
  }

  it('sends events and comments, and ends with its source', async () => {
    events = async function* () {
      yield await Promise.resolve({ text: 'two\nlines' });
      yield null;
      yield {};
    };
    const answer = await ask();
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(await textOf(answer)).toBe('event: tick\ndata: {"text":"two\\nlines"}\n\n:\n\nevent: tick\ndata: {}\n\n');
  });

  it('sends nothing before a failure of the first event', async () => {
    events = async function* () {
      yield await Promise.reject(new Error('unreachable'));
    };
    expect((await ask()).statusCode).toBe(500);
    await expect(outcome).rejects.toThrow('unreachable');
  });

  it('closes the connection when a later event fails', async () => {
    events = async function* () {
      yield await Promise.resolve({});
      throw new Error('unreachable');
    };
    await expect(textOf(await ask())).rejects.toThrow('aborted');
    await expect(outcome).rejects.toThrow('unreachable');
  });

  it('reads no more than a slow client consumes', async () => {
    events = many;
    const answer = await ask();
    for (let before = -1; before !== taken;) {
      before = taken;
      for (let turns = 0; turns < 1_000; turns++) await turn();
    }
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(500);
    await textOf(answer);
    expect(taken).toBe(1_000);
  });

  it('releases its source when the client disconnects', async () => {
    events = many;
    (await ask()).destroy();
    await outcome;
    expect(closed).toBe(true);
    expect(taken).toBeLessThan(500);
  });
});
