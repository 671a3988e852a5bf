import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { DocumentContent } from './get-document-content.query';

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;

/**
 * Sends a content as a download, never as a page that the browser displays under the product's origin.
 *
 * The first bytes are awaited before anything is sent, so that a content that cannot be opened becomes a problem
 * document. A later failure cuts the connection, because a truncated file must not look complete.
 */
export async function sendContent(response: Response, { fileName, mediaType, bytes }: DocumentContent): Promise<void> {
  const chunks = bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  response.status(200).attachment(fileName); // RFC 6266, with the name in RFC 5987 where it is not ASCII
  response.setHeader('Content-Type', MEDIA_TYPE.test(mediaType) ? mediaType : 'application/octet-stream');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (response.req.method === 'HEAD') {
    bytes.destroy();
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(continued(first, chunks), { objectMode: false }), response);
  } catch (error) {
    // otherwise the client disconnected
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  } finally {
    bytes.destroy();
  }
}

async function* continued(first: IteratorResult<Buffer>, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
}
