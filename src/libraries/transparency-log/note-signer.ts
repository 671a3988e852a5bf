import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { BASE64, type Checkpoint, ED25519, KEY_BYTES, keyBytes, keyId, NAME } from './note-verifier';

/** DER prefix of a private key of 32 bytes (RFC 8410). A JWK would also need the public key, which is not known yet. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
export const SIGNING_KEY = new RegExp(`^PRIVATE\\+KEY\\+(${NAME})\\+([0-9a-f]{8})\\+(${BASE64})$`);

/**
 * Creates a signing key as text, `PRIVATE+KEY+name+id+key`. The caller MUST keep it out of the database that the log
 * covers.
 */
export function newSigningKey(name: string): string {
  const seed = randomBytes(KEY_BYTES);
  const id = keyId(name, publicKeyOf(seed)).toString('hex');
  return `PRIVATE+KEY+${name}+${id}+${Buffer.concat([Buffer.of(ED25519), seed]).toString('base64')}`;
}

/** The private half of a log's key. Its errors never contain the key. */
export class NoteSigner {
  private constructor(
    readonly name: string,
    private readonly key: KeyObject,
    private readonly publicKey: Buffer,
  ) {}

  /** @throws Error when the text is not a signing key */
  static from(text: string): NoteSigner {
    const [, name, id, encoded] = SIGNING_KEY.exec(text) ?? [];
    const seed = keyBytes(encoded);
    if (name === undefined || seed === null) throw new Error('Not a signing key');
    const publicKey = publicKeyOf(seed);
    if (keyId(name, publicKey).toString('hex') !== id) throw new Error('Not a signing key');
    return new NoteSigner(name, privateKeyOf(seed), publicKey);
  }

  /** The public half, `name+id+key`. */
  get verifierKey(): string {
    const id = keyId(this.name, this.publicKey).toString('hex');
    return `${this.name}+${id}+${Buffer.concat([Buffer.of(ED25519), this.publicKey]).toString('base64')}`;
  }

  /** The signature line for a text, which MUST end with a line feed. */
  signatureOf(text: string): string {
    const signature = Buffer.concat([keyId(this.name, this.publicKey), sign(null, Buffer.from(text), this.key)]);
    return `— ${this.name} ${signature.toString('base64')}\n`;
  }
}

/**
 * The checkpoint as a note signed by each key.
 *
 * A log MUST NOT sign two roots for one size, and MUST NOT sign a smaller size after a larger one.
 */
export function signCheckpoint({ origin, size, root }: Checkpoint, signers: readonly NoteSigner[]): string {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  return `${text}\n${signers.map((signer) => signer.signatureOf(text)).join('')}`;
}

const privateKeyOf = (seed: Buffer) =>
  createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });

const publicKeyOf = (seed: Buffer) =>
  Buffer.from(createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' }).x!, 'base64url');
