import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/*
 * A separate process that sends hostile requests until the benchmark ends it. One message from its parent says what to
 * send and where.
 */

export interface Order {
  readonly attack: Attack;
  readonly port: number;
  /** an administrator's */
  readonly token: string;
  /** a run that waits for its start */
  readonly runId: string;
}

export type Attack = keyof typeof ATTACKS;

const KEYS = 100_000;
const HALF_SENT = 1_050;
const STREAMS = 1_500;
const LOGINS = 200;
const PAUSE_MS = 1_000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** The status code, or 0 when the connection breaks. */
function send({ port, token }: Order, path: string, body: string, isSignedIn: boolean): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      ...(isSignedIn ? { Authorization: `Bearer ${token}` } : {}),
    };
    const call = request({ port, path: `/api/v1${path}`, method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode!));
    });
    call.on('error', () => resolve(0));
    call.end(body);
  });
}

/** Four senders, each one request after the other. */
async function repeated(order: Order, path: string, body: string, isSignedIn: boolean): Promise<void> {
  const sender = async () => {
    for (;;) if ((await send(order, path, body, isSignedIn)) === 0) await pause(10);
  };
  await Promise.all(Array.from({ length: 4 }, sender));
}

const unknownKeys = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [n.toString(36), 1])));

const ids = (count: number) =>
  Array.from({ length: count }, (_, n) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`);

async function halfSent({ port }: Order): Promise<void> {
  const head =
    'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
  const keep = async () => {
    for (;;) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      socket.write(head);
      await once(socket, 'close').catch(() => undefined);
      await pause(PAUSE_MS); // until the next wave
    }
  };
  await Promise.all(Array.from({ length: HALF_SENT }, keep));
}

async function eventStreams({ port, token, runId }: Order): Promise<void> {
  const watch = async () => {
    for (;;) {
      const call = request({
        port,
        path: `/api/v1/anonymization-runs/${runId}/events`,
        headers: { Authorization: `Bearer ${token}` },
      });
      call.on('response', (answer) => answer.resume()).on('error', () => undefined);
      call.end();
      await once(call, 'close').catch(() => undefined);
      await pause(PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: STREAMS }, watch));
}

async function logins(order: Order): Promise<void> {
  for (let round = 0; ; round++)
    await Promise.all(
      Array.from({ length: LOGINS }, (_, n) =>
        send(order, '/auth/login', JSON.stringify({ username: `nobody-${round}-${n}`, password: 'wrong' }), false),
      ),
    );
}

const ATTACKS = {
  '100,000 unknown keys to the login': (order: Order) => repeated(order, '/auth/login', unknownKeys(KEYS), false),
  '10,000 unknown keys to a route with large bodies, signed in': (order: Order) =>
    repeated(order, '/anonymization-runs', unknownKeys(KEYS / 10), true),
  'an array of 20,000 ids, signed in': (order: Order) =>
    repeated(order, '/anonymization-runs', JSON.stringify({ customerIds: ids(20_000) }), true),
  'an array of 10,000 ids that nobody has, signed in': (order: Order) =>
    repeated(order, '/anonymization-runs', JSON.stringify({ customerIds: ids(10_000) }), true),
  '1,050 half-sent bodies': halfSent,
  '1,500 event streams': eventStreams,
  '200 sign-ins at once': logins,
} as const;

/** In the order in which the benchmark runs them. */
export const ATTACK_NAMES = Object.keys(ATTACKS) as Attack[];

process.once('message', (order: Order) => {
  ATTACKS[order.attack](order).catch(() => process.exit(1));
});
process.on('disconnect', () => process.exit());
