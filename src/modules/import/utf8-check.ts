import { isUtf8 } from 'node:buffer';
import { Transform, type TransformCallback } from 'node:stream';

/**
 * Passes bytes on and notices when they are not UTF-8. Where they are not, the decoder further on puts U+FFFD; a cell
 * that has one is wrong as soon as `failed` is true, and may legitimately hold one before.
 */
export class Utf8Check extends Transform {
  failed = false;
  private beginning = Buffer.alloc(0);

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const bytes = Buffer.concat([this.beginning, chunk]);
    const end = bytes.length - unfinished(bytes);
    this.beginning = bytes.subarray(end);
    if (!isUtf8(bytes.subarray(0, end))) this.failed = true;
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    if (this.beginning.length > 0) this.failed = true;
    done();
  }
}

/** Bytes at the end that begin a character of which more is to come. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue; // continues a character
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? back : 0;
  }
  return 0;
}
