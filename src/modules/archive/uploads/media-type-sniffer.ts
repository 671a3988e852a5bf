import { Transform, type TransformCallback } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type/core'; // without files and streams; the only entry that jest resolves

/** What `file-type` wants to see at most. */
const SAMPLE_BYTES = 4_100;

const UNKNOWN_BYTES = 'application/octet-stream';

/**
 * Lets bytes pass and looks at the first ones: what a content is, is not believed from the name or the type that a
 * sender gives it.
 */
export class MediaTypeSniffer extends Transform {
  private sample = Buffer.alloc(0);

  /** To be asked when all bytes have passed. */
  async mediaType(): Promise<string> {
    if (this.sample.length === 0) return UNKNOWN_BYTES;
    const known = await fileTypeFromBuffer(this.sample).catch(() => undefined); // cut in the middle of something
    return known?.mime ?? (isText(this.sample) ? 'text/plain' : UNKNOWN_BYTES);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const missing = SAMPLE_BYTES - this.sample.length;
    if (missing > 0) this.sample = Buffer.concat([this.sample, chunk.subarray(0, missing)]);
    done(null, chunk);
  }
}

/** UTF-8 without NUL; the sample may end in the middle of a character. */
function isText(sample: Buffer): boolean {
  if (sample.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
