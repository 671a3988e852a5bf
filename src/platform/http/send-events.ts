import type { Response } from 'express';

/** A reader who takes nothing for this long is given up. */
const STALLED_MS = 30_000;

/** A comment keeps a connection open on which there is nothing to say. */
const KEEP_ALIVE = ':\n\n';

/**
 * Sends server-sent events (HTML standard, section 9.2) of one type at the reader's pace: the next one is asked for
 * when the reader has room for it, so a source that tells the latest state loses nothing that matters. `null` is a
 * keep-alive.
 *
 * The first event is awaited before anything is sent, so that a refusal becomes a problem document; a later failure
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
    const hasRoom = response.write(event === null ? KEEP_ALIVE : `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`);
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
