import type { Response } from 'express';

/** A client that accepts no bytes for this long is disconnected. */
const STALLED_MS = 30_000;

/** An SSE comment, which keeps an idle connection open. */
const KEEP_ALIVE_COMMENT = ':\n\n';

/**
 * Sends server-sent events (HTML standard, section 9.2) of one type at the client's pace. It pulls the next event when
 * the client's buffer has room, so a source that yields the latest state may skip older ones. `null` is a keep-alive.
 *
 * It awaits the first event before it sends headers, so that an early error becomes a problem document. A later error
 * cuts the connection.
 */
export async function sendEvents(
  response: Response,
  type: string,
  events: AsyncIterable<object | null>,
): Promise<void> {
  for await (const event of events) {
    if (!response.headersSent) begin(response);
    if (response.closed || response.req.method === 'HEAD') break;
    const hasRoom = response.write(
      event === null ? KEEP_ALIVE_COMMENT : `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`,
    );
    if (!hasRoom) await drained(response);
  }
  response.end();
}

function begin(response: Response): void {
  response.status(200).type('text/event-stream').set({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
}

function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(stalled);
      response.off('drain', done).off('close', done);
      resolve();
    };
    const stalled = setTimeout(() => response.destroy(), STALLED_MS);
    response.once('drain', done).once('close', done);
  });
}
