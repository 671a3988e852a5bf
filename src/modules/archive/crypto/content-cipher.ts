import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, KeyObject, randomBytes } from 'node:crypto';
import { Transform, TransformCallback } from 'node:stream';
import { DomainError } from '../../../kernel/domain-error';

const VERSION = 1;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const HEADER_BYTES = 1 + SALT_BYTES;
const CHUNK_BYTES = 64 * 1024;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PURPOSE = 'lethe archive content v1';

/**
 * Authenticated encryption of archive contents under a data key of 32 bytes; node:crypto only.
 *
 *     content = version (1 byte) ‖ salt (16) ‖ chunk … chunk        chunk = AES-256-GCM of at most 64 KiB ‖ tag (16)
 *
 * Every content has its own key, HKDF-SHA-256 of the data key and the random salt, so that nonces may count from zero.
 * The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance, 2015; as in age's payload): the nonce is the chunk's number and a last byte that is 1 for the last
 * chunk. All but the last chunk are full, and only the last chunk of an empty content is empty. The content id is each
 * chunk's associated data. The cipher therefore detects flipped bits, truncated, added, exchanged and repeated chunks,
 * a wrong key and a wrong id.
 *
 * Errors: `DOCUMENT_CONTENT_DAMAGED` for each of these, as an `error` event of the stream. No chunk leaves the stream
 * unverified, but truncation shows only at the end: a consumer that passes the plaintext on must abort, not end, when
 * the stream fails.
 */
export function encryptStream(key: Buffer, contentId: string): Transform {
  return new ChunkTransform(new ChunkSealer(secret(key), contentId));
}

/** Reverses {@link encryptStream} and {@link encrypt}. Holds one chunk at a time. */
export function decryptStream(key: Buffer, contentId: string): Transform {
  return new ChunkTransform(new ChunkOpener(secret(key), contentId));
}

/** Like {@link encryptStream}, for a content that is already in memory. */
export function encrypt(key: Buffer, contentId: string, plaintext: Buffer): Buffer {
  return throughChunks(new ChunkSealer(secret(key), contentId), plaintext);
}

/** Like {@link decryptStream}. Throws `DOCUMENT_CONTENT_DAMAGED`. */
export function decrypt(key: Buffer, contentId: string, content: Buffer): Buffer {
  return throughChunks(new ChunkOpener(secret(key), contentId), content);
}

/** One side of the cipher: requests a number of bytes and turns them into output. */
interface ChunkMachine {
  readonly wants: number;
  accept(block: Buffer, isLast: boolean): Buffer[];
}

class ChunkSealer implements ChunkMachine {
  readonly wants = CHUNK_BYTES;
  private readonly salt = randomBytes(SALT_BYTES);
  private readonly key: KeyObject;
  private readonly associatedData: Buffer;
  private count = 0;

  constructor(dataKey: KeyObject, contentId: string) {
    this.key = contentKey(dataKey, this.salt);
    this.associatedData = Buffer.from(contentId);
  }

  accept(block: Buffer, isLast: boolean): Buffer[] {
    const header = this.count === 0 ? [Buffer.of(VERSION), this.salt] : [];
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce(this.count++, isLast)).setAAD(this.associatedData);
    return [...header, cipher.update(block), cipher.final(), cipher.getAuthTag()];
  }
}

class ChunkOpener implements ChunkMachine {
  private readonly associatedData: Buffer;
  private key: KeyObject | null = null;
  private count = 0;

  constructor(
    private readonly dataKey: KeyObject,
    private readonly contentId: string,
  ) {
    this.associatedData = Buffer.from(contentId);
  }

  get wants(): number {
    return this.key ? CHUNK_BYTES + TAG_BYTES : HEADER_BYTES;
  }

  accept(block: Buffer, isLast: boolean): Buffer[] {
    if (this.key) return [this.open(this.key, block, isLast)];
    if (isLast || block[0] !== VERSION) throw this.damaged();
    this.key = contentKey(this.dataKey, block.subarray(1));
    return [];
  }

  private open(key: KeyObject, block: Buffer, isLast: boolean): Buffer {
    const end = block.length - TAG_BYTES;
    if (end < 0 || (end === 0 && this.count > 0)) throw this.damaged();
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(this.count++, isLast), { authTagLength: TAG_BYTES })
      .setAAD(this.associatedData)
      .setAuthTag(block.subarray(end));
    const plaintext = decipher.update(block.subarray(0, end));
    try {
      decipher.final();
    } catch {
      throw this.damaged();
    }
    return plaintext;
  }

  private damaged(): DomainError {
    return new DomainError('DOCUMENT_CONTENT_DAMAGED', { contentId: this.contentId });
  }
}

/** Feeds a machine from a stream. A full block waits until more bytes or the end show whether it is the last block. */
class ChunkTransform extends Transform {
  private readonly block = Buffer.allocUnsafeSlow(CHUNK_BYTES + TAG_BYTES);
  private filled = 0;

  constructor(private readonly machine: ChunkMachine) {
    super();
  }

  override _transform(input: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.attempt(done, () => {
      for (let at = 0; at < input.length;) {
        if (this.filled === this.machine.wants) this.advance(false);
        const taken = input.copy(this.block, this.filled, at, at + this.machine.wants - this.filled);
        this.filled += taken;
        at += taken;
      }
    });
  }

  override _flush(done: TransformCallback): void {
    this.attempt(done, () => {
      this.advance(true);
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.block.fill(0);
    done(error);
  }

  private advance(isLast: boolean): void {
    for (const output of this.machine.accept(this.block.subarray(0, this.filled), isLast)) {
      if (output.length > 0) this.push(output);
    }
    this.filled = 0;
  }

  private attempt(done: TransformCallback, work: () => void): void {
    try {
      work();
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

function throughChunks(machine: ChunkMachine, input: Buffer): Buffer {
  const output: Buffer[] = [];
  for (let at = 0, isLast = false; !isLast;) {
    const end = at + machine.wants;
    isLast = end >= input.length;
    output.push(...machine.accept(input.subarray(at, end), isLast));
    at = end;
  }
  return Buffer.concat(output);
}

/** Copies the key, so that the caller may wipe it as soon as the stream exists. */
function secret(key: Buffer): KeyObject {
  if (key.length !== KEY_BYTES) throw new RangeError(`A data key has ${KEY_BYTES} bytes`);
  return createSecretKey(key);
}

function contentKey(dataKey: KeyObject, salt: Buffer): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, salt, PURPOSE, KEY_BYTES)));
}

function nonce(count: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(NONCE_BYTES);
  bytes.writeUIntBE(count, NONCE_BYTES - 7, 6);
  bytes.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
  return bytes;
}
