import { Transform, type TransformCallback } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type/core'; // no file or stream functions; the only entry that jest resolves

/** Maximum number of bytes that `file-type` needs. */
const SAMPLE_BYTES = 4_100;

const UNKNOWN_BYTES = 'application/octet-stream';

/**
 * Passes bytes through and detects their media type from the first ones, since the name and type that the client
 * declares are not trusted.
 */
export class MediaTypeSniffer extends Transform {
  private sample = Buffer.alloc(0);

  /** Call it when all bytes have passed. */
  async mediaType(): Promise<string> {
    if (this.sample.length === 0) return UNKNOWN_BYTES;
    const known = await fileTypeFromBuffer(this.sample).catch(() => undefined); // the sample may be truncated
    return known?.mime ?? (isText(this.sample) ? 'text/plain' : UNKNOWN_BYTES);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const missing = SAMPLE_BYTES - this.sample.length;
    if (missing > 0) this.sample = Buffer.concat([this.sample, chunk.subarray(0, missing)]);
    done(null, chunk);
  }
}

/** True for UTF-8 without NUL. The sample may end in the middle of a character. */
function isText(sample: Buffer): boolean {
  if (sample.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
