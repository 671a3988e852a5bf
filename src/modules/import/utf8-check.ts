import { isUtf8 } from 'node:buffer';
import { Transform, type TransformCallback } from 'node:stream';

/**
 * Passes bytes through and detects invalid UTF-8. The decoder replaces invalid bytes with U+FFFD. A cell that contains
 * U+FFFD is damaged only if `failed` is true, since a valid file may contain that character.
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

/** Number of bytes at the end that belong to an incomplete character. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue; // a continuation byte
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? back : 0;
  }
  return 0;
}
