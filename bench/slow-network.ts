import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Does the work with a port that leads to the address, with this many milliseconds added to each round trip. */
export async function throughSlowNetwork<T>(
  address: Address,
  roundTripMs: number,
  work: (port: number) => Promise<T>,
): Promise<T> {
  const server = createServer((client) => {
    const upstream = connect({ ...address, noDelay: true });
    client.setNoDelay();
    forward(client, upstream, roundTripMs / 2);
    forward(upstream, client, roundTripMs / 2);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

function forward(from: Socket, to: Socket, delayMs: number): void {
  from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
  from.on('error', () => undefined); // 'close' follows
  from.on('close', () => setTimeout(() => to.destroy(), delayMs));
}
