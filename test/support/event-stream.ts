import type { AddressInfo } from 'node:net';
import { noteInSink } from './sinks';
import type { TestApp } from './test-app';

/** An event, or null for a comment. */
export type Received<Data> = { readonly event: string; readonly data: Data } | null;

/** Reads server-sent events as a client does, over a connection of its own. */
export class EventStream<Data> {
  private constructor(
    readonly response: Response,
    private readonly received: AsyncGenerator<Received<Data>>,
    private readonly abort: AbortController,
  ) {}

  static open<Data>(app: TestApp, path: string, token: string): Promise<EventStream<Data>> {
    return EventStream.openBy<Data>(app, path, { Authorization: `Bearer ${token}` });
  }

  /** @param login headers that identify the employee */
  static async openBy<Data>(app: TestApp, path: string, login: Record<string, string>): Promise<EventStream<Data>> {
    const { port } = app.nest.getHttpServer().address() as AddressInfo;
    const abort = new AbortController();
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: login,
      signal: abort.signal,
    });
    return new EventStream<Data>(response, receive<Data>(response), abort);
  }

  /** The next event or comment; undefined at the end. */
  async next(): Promise<Received<Data> | undefined> {
    const { value, done } = await this.received.next();
    return done === true ? undefined : value;
  }

  /** The next event for which the condition holds. @throws Error when the stream ends first */
  async until(condition: (data: Data) => boolean): Promise<Data> {
    for (;;) {
      const received = await this.next();
      if (received === undefined) throw new Error('The stream has ended');
      if (received !== null && condition(received.data)) return received.data;
    }
  }

  /** Everything up to the end. */
  async rest(): Promise<Received<Data>[]> {
    const all: Received<Data>[] = [];
    for (let received = await this.next(); received !== undefined; received = await this.next()) all.push(received);
    return all;
  }

  close(): void {
    this.abort.abort();
  }
}

async function* receive<Data>(response: Response): AsyncGenerator<Received<Data>> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    const received = decoder.decode(bytes, { stream: true });
    noteInSink('events', received);
    text += received;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      yield parse<Data>(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

function parse<Data>(block: string): Received<Data> {
  if (block.startsWith(':')) return null;
  const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
  return { event: event!, data: JSON.parse(data!) as Data };
}
