import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { type Moment, Wire } from './wire';

/** A point in the conversation between the product and its database. */
export interface Point {
  readonly statement: RegExp;
  /** a statement that the transaction has executed or is executing */
  readonly inTransactionWith?: RegExp;
  readonly moment: Moment;
  /** which occurrence of the point, 1 by default */
  readonly nth?: number;
}

interface Trap {
  readonly point: Point;
  reached: number;
  readonly spring: (wire: Wire) => Promise<void>;
}

/**
 * A proxy between the product and its database that simulates network faults. It parses the protocol far enough to know
 * the position of each statement, so the product needs no test hooks.
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

  /** Sets the address for new connections. */
  redirect(address: { readonly host: string; readonly port: number }): void {
    this.address = address;
  }

  /** Delays every request by up to this many milliseconds; 0 disables the delay. */
  delayRequests(milliseconds: number): void {
    this.latencyMs = milliseconds;
  }

  /**
   * Acts once when a point is reached and resolves when that is done. The message in question is held back until then.
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

  /** Acts when this many statements have been forwarded or answered. */
  afterMoments(count: number, act: () => void): void {
    let left = count;
    const counter = () => {
      if (--left > 0) return;
      this.counters.delete(counter);
      act();
    };
    this.counters.add(counter);
  }

  /** Forgets everything that was set up and has not happened yet. */
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
