import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { type Moment, Wire } from './wire';

/** A place in the conversation between the product and its database. */
export interface Point {
  readonly statement: RegExp;
  /** a statement that the transaction must have had before or is having */
  readonly inTransactionWith?: RegExp;
  readonly moment: Moment;
  /** the how manieth time it is reached; the first by default */
  readonly nth?: number;
}

interface Trap {
  readonly point: Point;
  reached: number;
  readonly spring: (wire: Wire) => Promise<void>;
}

/**
 * Stands between the product and its database and does to the connection what networks do. It reads the protocol so far as to know which statement is
 * where; so the product needs no hooks for being tested.
 */
export class WireProxy {
  private readonly traps = new Set<Trap>();
  private readonly counters = new Set<() => void>();
  private latencyMs = 0;

  private constructor(
    private readonly server: Server,
    private address: { readonly host: string; readonly port: number },
  ) {}

  static async start(address: { readonly host: string; readonly port: number }): Promise<WireProxy> {
    const server = createServer();
    const proxy = new WireProxy(server, address);
    server.on('connection', (client) => {
      new Wire(
        client,
        proxy.address,
        (wire, statement, moment) => proxy.reach(wire, statement, moment),
        () => proxy.pause(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Where new connections go. */
  redirect(address: { readonly host: string; readonly port: number }): void {
    this.address = address;
  }

  /** Every request takes up to this long; 0 for none. */
  delayRequests(milliseconds: number): void {
    this.latencyMs = milliseconds;
  }

  /**
   * Does something when a point is reached, once; resolves when it is done. What the point is a moment of goes on only afterwards.
   */
  at(point: Point, act: (wire: Wire) => void | Promise<void> = () => undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const trap: Trap = {
        point,
        reached: 0,
        spring: async (wire) => {
          if (++trap.reached < (point.nth ?? 1)) return;
          this.traps.delete(trap);
          await Promise.resolve(act(wire)).then(resolve, reject);
        },
      };
      this.traps.add(trap);
    });
  }

  /** Does something when this many statements have been forwarded or answered. */
  afterMoments(count: number, act: () => void): void {
    let left = count;
    const counter = () => {
      if (--left > 0) return;
      this.counters.delete(counter);
      act();
    };
    this.counters.add(counter);
  }

  /** Forgets what was set up and has not happened. */
  disarm(): void {
    this.traps.clear();
    this.counters.clear();
  }

  stop(): void {
    this.server.close();
  }

  private async reach(wire: Wire, statement: string, moment: Moment): Promise<void> {
    for (const count of [...this.counters]) count();
    for (const trap of [...this.traps]) {
      const { point } = trap;
      const { inTransactionWith: companion } = point;
      if (point.moment !== moment || !point.statement.test(statement)) continue;
      if (companion !== undefined && !wire.transaction.some((other) => companion.test(other))) continue;
      await trap.spring(wire);
    }
  }

  private pause(): Promise<void> | void {
    if (this.latencyMs > 0) return new Promise((resolve) => setTimeout(resolve, Math.random() * this.latencyMs));
  }
}
