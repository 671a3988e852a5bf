import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

export interface StreamedFile<Piece> {
  /** ASCII, without path */
  readonly name: string;
  readonly type: string;
  readonly pieces: AsyncIterable<Piece>;
  /** converts pieces to bytes, when they are not bytes already */
  readonly as?: NodeJS.ReadWriteStream;
}

/**
 * Sends a file at the client's pace.
 *
 * It awaits the first piece before it sends headers, so that a failed query becomes a problem document. A later error
 * cuts the connection, because a truncated file must not look complete.
 */
export async function sendStream<Piece>(
  response: Response,
  { name, type, pieces, as }: StreamedFile<Piece>,
): Promise<void> {
  const rest = pieces[Symbol.asyncIterator]();
  const first = await rest.next();
  response.status(200).attachment(name).type(type);
  if (response.req.method === 'HEAD') {
    await rest.return?.();
    response.end();
    return;
  }
  const source = continued(first, rest);
  try {
    await (as === undefined ? pipeline(source, response) : pipeline(source, as, response));
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
}

async function* continued<Piece>(first: IteratorResult<Piece>, rest: AsyncIterator<Piece>): AsyncGenerator<Piece> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Whether the client disconnected, which is not an error. */
const isAbort = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
