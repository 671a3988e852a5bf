import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { MessageSplitter } from '../faults/support/message-splitter';

interface Address {
  readonly host: string;
  readonly port: number;
}

/** A proxy between the product and its database, as a connection pooler is. */
export abstract class Pooler {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((client) => this.serve(this.opened(client)));

  protected constructor(protected readonly address: Address) {}

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  protected abstract serve(client: Socket): void;

  protected toServer(): Socket {
    return this.opened(connect({ ...this.address }));
  }

  private opened(socket: Socket): Socket {
    this.sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
  }
}

/** Drops the start-up options, as PgBouncer does with `ignore_startup_parameters = options`. */
export class ForgetfulPooler extends Pooler {
  static start = (address: Address) => new ForgetfulPooler(address).listen();

  protected override serve(client: Socket): void {
    const server = this.toServer();
    const requests = new MessageSplitter(true);
    let isFirst = true;
    client.on('data', (chunk) => {
      for (const message of requests.push(chunk)) {
        server.write(isFirst ? withoutOptions(message) : message);
        isFirst = false;
      }
    });
    server.pipe(client);
    client.on('close', () => server.destroy());
  }
}

const READY = 'Z';
const ENDS_GROUP = new Set(['Q', 'S']);
const TERMINATE = 'X';

interface Group {
  readonly client: Socket;
  readonly bytes: Buffer;
}

/** Shares one session of the server among all clients, as PgBouncer does with `pool_mode = transaction`. */
export class TransactionPooler extends Pooler {
  private shared: Socket | undefined;
  private readonly waiting: Group[] = [];
  private underWay: Group | undefined;

  static start = (address: Address) => new TransactionPooler(address).listen();

  /** Each client authenticates on a session of its own; the shared one answers everything after that. */
  protected override serve(client: Socket): void {
    const own = this.toServer();
    const answers = new MessageSplitter(false);
    const requests = new MessageSplitter(true);
    let isSignedIn = false;
    let group: Buffer[] = [];
    own.on('data', (chunk) => {
      for (const message of answers.push(chunk)) {
        if (isSignedIn) continue;
        client.write(message);
        if (typeOf(message) !== READY) continue;
        isSignedIn = true;
        if (this.shared === undefined) this.share(own);
      }
    });
    client.on('data', (chunk) => {
      for (const message of requests.push(chunk)) {
        if (!isSignedIn) own.write(message);
        else if (typeOf(message) === TERMINATE) client.end();
        else {
          group.push(message);
          if (!ENDS_GROUP.has(typeOf(message))) continue;
          this.waiting.push({ client, bytes: Buffer.concat(group) });
          group = [];
          this.next();
        }
      }
    });
  }

  private share(server: Socket): void {
    this.shared = server;
    const answers = new MessageSplitter(false);
    server.removeAllListeners('data');
    server.on('data', (chunk) => {
      for (const message of answers.push(chunk)) {
        this.underWay?.client.write(message);
        if (typeOf(message) !== READY) continue;
        this.underWay = undefined;
        this.next();
      }
    });
  }

  private next(): void {
    if (this.underWay !== undefined || this.waiting.length === 0) return;
    this.underWay = this.waiting.shift()!;
    this.shared!.write(this.underWay.bytes);
  }
}

const typeOf = (message: Buffer) => String.fromCharCode(message[0]!);

/** A start-up message: length, version, and zero-terminated names and values. */
function withoutOptions(message: Buffer): Buffer {
  const fields = message.subarray(8).toString('latin1').split('\0');
  const kept: string[] = [];
  for (let index = 0; index + 1 < fields.length && fields[index] !== ''; index += 2)
    if (fields[index] !== 'options') kept.push(fields[index]!, fields[index + 1]!);
  const body = Buffer.from([...kept, '', ''].join('\0'), 'latin1');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  message.copy(head, 4, 4, 8);
  return Buffer.concat([head, body]);
}
