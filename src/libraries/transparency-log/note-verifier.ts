import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { HASH_BYTES } from './merkle-tree';

/*
 * Checkpoints (https://c2sp.org/tlog-checkpoint) as signed notes (https://c2sp.org/signed-note) with Ed25519. Other
 * tools for these formats can read them.
 */

/** A log's statement about itself: its size and its root. */
export interface Checkpoint {
  /** name of the log; MUST stay the same for the life of the log */
  readonly origin: string;
  /** entries in the log */
  readonly size: number;
  readonly root: Buffer;
}

export const ED25519 = 1;
export const KEY_BYTES = 32;

export const NAME = '[^\\s+]+';
export const BASE64 = '[A-Za-z0-9+/]+={0,2}';
export const VERIFIER_KEY = new RegExp(`^(${NAME})\\+([0-9a-f]{8})\\+(${BASE64})$`);
const SIGNATURE = new RegExp(`^— (${NAME}) (${BASE64})$`);
const CHECKPOINT = new RegExp(`^(\\S[^\\n]*)\\n(0|[1-9]\\d{0,15})\\n(${BASE64})\\n`);

/** The public half of a log's key, as text `name+id+key`. */
export class NoteVerifier {
  private constructor(
    readonly name: string,
    private readonly id: Buffer,
    private readonly key: KeyObject,
  ) {}

  /** @throws Error when the text is not a verifier key */
  static from(text: string): NoteVerifier {
    const [, name, id, encoded] = VERIFIER_KEY.exec(text) ?? [];
    const bytes = keyBytes(encoded);
    if (name === undefined || bytes === null || keyId(name, bytes).toString('hex') !== id)
      throw new Error('Not a verifier key');
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }; // RFC 8037
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return new NoteVerifier(name, Buffer.from(id, 'hex'), key);
  }

  /** Whether this key made the signature over exactly this text. */
  hasSigned(text: string, { name, bytes }: Signature): boolean {
    if (name !== this.name || Buffer.compare(bytes.subarray(0, 4), this.id) !== 0) return false;
    return verify(null, Buffer.from(text), this.key, bytes.subarray(4));
  }
}

interface Signature {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Reads a signed checkpoint. Signatures by unknown keys are ignored; lines after the root are allowed.
 *
 * A caller MUST take sizes and roots from here only, and MUST compare the origin with that of its log: one key may sign
 * several logs.
 *
 * @returns null when none of the keys signed the note, or when it is not a checkpoint
 */
export function openCheckpoint(note: string, verifiers: readonly NoteVerifier[]): Checkpoint | null {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  if (end < 0 || lines.pop() !== '') return null;
  const signatures = lines.map(signatureOf);
  if (!signatures.every((signature) => signature !== null)) return null;
  if (!verifiers.some((verifier) => signatures.some((signature) => verifier.hasSigned(text, signature)))) return null;
  const [, origin, size, encoded] = CHECKPOINT.exec(text) ?? [];
  const root = Buffer.from(encoded ?? '', 'base64');
  if (origin === undefined || root.length !== HASH_BYTES || !Number.isSafeInteger(Number(size))) return null;
  return { origin, size: Number(size), root };
}

function signatureOf(line: string): Signature | null {
  const [, name, encoded] = SIGNATURE.exec(line) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (name === undefined || bytes.length < 5) return null;
  // base64 has several spellings of the same bytes; only one is accepted
  return bytes.toString('base64') === encoded ? { name, bytes } : null;
}

/** The 32 bytes of an Ed25519 key; null for another algorithm or length. */
export function keyBytes(encoded: string | undefined): Buffer | null {
  const bytes = Buffer.from(encoded ?? '', 'base64');
  return bytes.length === 1 + KEY_BYTES && bytes[0] === ED25519 ? bytes.subarray(1) : null;
}

/** The four bytes that name a key in a signature line. */
export const keyId = (name: string, publicKey: Buffer) =>
  createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(publicKey).digest().subarray(0, 4);
