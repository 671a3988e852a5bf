import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { DomainError } from '../../../kernel/domain-error';
import type { KeyFolder } from '../../../platform/keys/key-folder';
import { recipientKey, sealToRecipient } from './age-file';
import { decrypt } from './content-cipher';
import { COPY_VERSION, CopyCipher } from './copy-cipher';
import { DataKeyOwner, unwrapKey, wrapKey } from './key-wrap';

/**
 * A fresh key for a batch of customers, sealed once: contents and data keys encrypted under it need no further
 * public-key operation. Call `dispose()` as soon as the batch is done; until then this process could still read what it
 * sealed.
 */
export interface SealEnvelope {
  /** The key as an age file, ASCII armor; `age --decrypt` with the identity gives the 32 bytes. */
  readonly sealedKey: string;
  encrypt(contentId: string, plaintext: Buffer): Buffer;
  wrapKey(dataKey: Buffer, owner: DataKeyOwner): Buffer;
  dispose(): void;
}

/** A {@link SealEnvelope} opened with the offline identity. Errors as in `content-cipher` and `key-wrap`. */
export interface OpenedEnvelope {
  decrypt(contentId: string, content: Buffer): Buffer;
  unwrapKey(wrap: Buffer, owner: DataKeyOwner): Buffer;
  dispose(): void;
}

// X25519 only: age also knows hybrid and tag recipients, which are longer (bech32, 32 bytes)
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;
const IDENTITY = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;
export const RECIPIENT_FILE = 'fiscal-seal.recipient';
export const IDENTITY_FILE = 'fiscal-seal.identity';
const KEY_BYTES = 32;

/**
 * The fiscal seal: a public key (age, X25519; https://age-encryption.org/v1) whose private half is kept offline. The
 * running system cannot read what is sealed to it, but a tax audit can (§ 147(6) AO).
 */
export class FiscalSeal {
  private key: KeyObject | undefined;

  private constructor(
    readonly recipient: string,
    /** The private half is in the keys folder: access to that folder breaks the seal. */
    readonly isLocal: boolean,
  ) {}

  /**
   * Opens the seal. `recipient` is `LETHE_FISCAL_SEAL`; null creates a key pair in the keys folder, once for all
   * processes. Once `fiscal-seal.identity` is moved offline, the seal is no longer local.
   *
   * Errors: `FISCAL_SEAL_INVALID` when nothing can be sealed to the recipient, or the files in the folder are not a
   * pair.
   */
  static async open({ recipient, keys }: { recipient: string | null; keys: KeyFolder }): Promise<FiscalSeal> {
    const seal = recipient === null ? await FiscalSeal.inFolder(keys) : new FiscalSeal(recipient, false);
    if (!RECIPIENT.test(seal.recipient)) throw new DomainError('FISCAL_SEAL_INVALID');
    try {
      new Encrypter().addRecipient(seal.recipient); // verifies the checksum
      seal.newEnvelope().dispose();
    } catch {
      throw new DomainError('FISCAL_SEAL_INVALID');
    }
    return seal;
  }

  private static async inFolder(keys: KeyFolder): Promise<FiscalSeal> {
    // In this order: the identity is written first, so a recipient without one is a pair whose identity was removed.
    const known = await keys.readText(RECIPIENT_FILE);
    if (known !== null && (await keys.readText(IDENTITY_FILE)) === null) return new FiscalSeal(known, false);

    const identity = await keys.readOrCreateText(IDENTITY_FILE, IDENTITY, generateX25519Identity);
    const derived = await identityToRecipient(identity).catch(() => null);
    if (derived === null) throw new DomainError('KEY_FILE_MALFORMED', { file: IDENTITY_FILE });
    const recipient = await keys.readOrCreateText(RECIPIENT_FILE, RECIPIENT, () => derived);
    if (recipient !== derived) throw new DomainError('FISCAL_SEAL_INVALID');
    return new FiscalSeal(recipient, true);
  }

  newEnvelope(): SealEnvelope {
    const key = randomBytes(KEY_BYTES);
    return new Envelope(sealToRecipient((this.key ??= recipientKey(this.recipient)), key), key);
  }
}

/**
 * Opens an envelope for a tax audit. `identityText` is the text of an age identity file: one or more
 * `AGE-SECRET-KEY-1…` lines, `#` comments and empty lines between them.
 *
 * Errors: `FISCAL_SEAL_IDENTITY_INVALID` when the text holds no identity or anything else, `FISCAL_SEAL_NOT_OPENED`
 * when the envelope was sealed to another recipient or is damaged.
 */
export async function openEnvelope(sealedKey: string, identityText: string): Promise<OpenedEnvelope> {
  const age = readIdentities(identityText);
  const key = await openKey(age, sealedKey).catch(() => null);
  if (key?.length !== KEY_BYTES) throw new DomainError('FISCAL_SEAL_NOT_OPENED');
  return new Envelope(sealedKey, key);
}

function readIdentities(text: string): Decrypter {
  const lines = text.split('\n').map((line) => line.trim());
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const age = new Decrypter();
  try {
    for (const identity of identities) age.addIdentity(identity);
  } catch {
    throw new DomainError('FISCAL_SEAL_IDENTITY_INVALID');
  }
  if (identities.length === 0) throw new DomainError('FISCAL_SEAL_IDENTITY_INVALID');
  return age;
}

async function openKey(age: Decrypter, sealedKey: string): Promise<Buffer> {
  return Buffer.from(await age.decrypt(armor.decode(sealedKey)));
}

class Envelope implements SealEnvelope, OpenedEnvelope {
  private readonly contentKey: Buffer;
  /** Its key object is wiped when it is garbage-collected. */
  private copyCipher: CopyCipher | null;
  private readonly wrappingKey: Buffer;

  /** Takes ownership of `key` and wipes it. Contents, copies and data keys each get a key derived from it. */
  constructor(
    readonly sealedKey: string,
    key: Buffer,
  ) {
    this.contentKey = derive(key, 'lethe fiscal seal contents v1');
    const copyKey = derive(key, 'lethe fiscal seal copies v2');
    this.copyCipher = new CopyCipher(createSecretKey(copyKey));
    copyKey.fill(0);
    this.wrappingKey = derive(key, 'lethe fiscal seal data keys v1');
    key.fill(0);
  }

  encrypt(contentId: string, plaintext: Buffer): Buffer {
    return this.copies().encrypt(contentId, plaintext);
  }

  /** Decrypts a content. Copies written before version 2 were encrypted like contents of the store. */
  decrypt(contentId: string, content: Buffer): Buffer {
    if (content[0] === COPY_VERSION) return this.copies().decrypt(contentId, content);
    return decrypt(this.alive(this.contentKey), contentId, content);
  }

  wrapKey(dataKey: Buffer, owner: DataKeyOwner): Buffer {
    return wrapKey(this.alive(this.wrappingKey), dataKey, owner);
  }

  unwrapKey(wrap: Buffer, owner: DataKeyOwner): Buffer {
    return unwrapKey(this.alive(this.wrappingKey), wrap, owner);
  }

  dispose(): void {
    this.copyCipher = null;
    this.contentKey.fill(0);
    this.wrappingKey.fill(0);
  }

  /** Refuses a wiped key: it would still encrypt, with a key of zeros that anyone knows. */
  private alive(key: Buffer): Buffer {
    if (this.copyCipher === null) throw new Error('The envelope was disposed of');
    return key;
  }

  private copies(): CopyCipher {
    if (this.copyCipher === null) throw new Error('The envelope was disposed of');
    return this.copyCipher;
  }
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, KEY_BYTES));
}
