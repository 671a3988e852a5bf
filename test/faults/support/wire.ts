import { connect, type Socket } from 'node:net';
import { MessageSplitter } from './message-splitter';

/** The position of a statement: about to be forwarded, forwarded without an answer, or answered. */
export type Moment = 'BEFORE' | 'SENT' | 'ANSWERED';

/** Message types after which the client waits for an answer. */
const ENDS_REQUEST = new Set(['Q', 'S', 'X', 'p', 'd', 'c', 'f', 'H']);
const IDLE = 'I'.charCodeAt(0);

/** One connection through the proxy: forwards whole requests and parses their statements. */
export class Wire {
  /** statements of the current transaction, including the one in flight */
  transaction: string[] = [];
  private readonly server: Socket;
  private readonly requests = new MessageSplitter(true);
  private readonly answers = new MessageSplitter(false);
  private readonly prepared = new Map<string, string>();
  private request: Buffer[] = [];
  private statement: string | null = null;
  private underWay: string | null = null;
  private swallowed = { toServer: false, toClient: false };
  private halvesAnswer = false;
  private forwarding: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: Socket,
    address: { readonly host: string; readonly port: number },
    private readonly reach: (wire: Wire, statement: string, moment: Moment) => Promise<void> | void,
    private readonly latency: () => Promise<void> | void,
  ) {
    this.server = connect({ ...address, noDelay: true });
    client.setNoDelay();
    client.on('data', (chunk) => {
      for (const message of this.requests.push(chunk)) this.take(message);
    });
    this.server.on('data', (chunk) => {
      const messages = this.answers.push(chunk);
      this.forwarding = this.forwarding.then(() => this.answer(messages));
    });
    client.on('error', () => undefined).on('close', () => this.server.end()); // 'close' follows every error
    this.server.on('error', () => undefined).on('close', () => this.client.end());
  }

  /** Closes the connection on both sides; messages already forwarded still arrive. */
  cut(): void {
    this.server.end();
    this.client.destroy();
    this.swallowed = { toServer: true, toClient: true };
  }

  /** Drops all further bytes of a direction without closing the connection. */
  swallow(direction: keyof Wire['swallowed']): void {
    this.swallowed[direction] = true;
  }

  /** Forwards the first half of the request that is about to be forwarded, then closes the connection. */
  cutRequestInHalf(): void {
    const whole = Buffer.concat(this.request);
    this.server.write(whole.subarray(0, Math.ceil(whole.length / 2)));
    this.cut();
  }

  /** Forwards the first half of the next answer, then closes the connection. */
  cutAnswerInHalf(): void {
    this.halvesAnswer = true;
  }

  private take(message: Buffer): void {
    const type = String.fromCharCode(message[0]!);
    this.forwarding = this.forwarding.then(async () => {
      this.request.push(message);
      this.noteStatement(type, message);
      if (type === '\0' || ENDS_REQUEST.has(type)) await this.forward();
    });
  }

  private noteStatement(type: string, message: Buffer): void {
    if (type === 'Q') this.statement = text(message, 5);
    if (type === 'P') this.prepared.set(text(message, 5), text(message, 5 + text(message, 5).length + 1));
    if (type === 'B') this.statement = this.prepared.get(text(message, 5 + text(message, 5).length + 1)) ?? null;
  }

  private async forward(): Promise<void> {
    await this.latency();
    const { statement } = this;
    if (statement !== null) {
      this.transaction.push(statement);
      await this.reach(this, statement, 'BEFORE');
    }
    if (!this.swallowed.toServer) this.server.write(Buffer.concat(this.request));
    this.underWay = statement;
    this.request = [];
    this.statement = null;
    if (statement !== null) await this.reach(this, statement, 'SENT');
  }

  private async answer(messages: readonly Buffer[]): Promise<void> {
    const whole = Buffer.concat(messages);
    if (this.halvesAnswer) {
      this.client.end(whole.subarray(0, Math.ceil(whole.length / 2)));
      this.swallowed.toClient = true;
      return;
    }
    if (!this.swallowed.toClient) this.client.write(whole);
    const ready = messages.find((message) => message[0] === 'Z'.charCodeAt(0));
    if (ready === undefined || this.underWay === null) return;
    const statement = this.underWay;
    this.underWay = null;
    await this.reach(this, statement, 'ANSWERED');
    if (ready[5] === IDLE) this.transaction = [];
  }
}

/** A zero-terminated string. */
const text = (message: Buffer, from: number): string => message.toString('utf8', from, message.indexOf(0, from));
