import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { DomainError } from '../../../kernel/domain-error';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES;

/** First byte of a content in this form. Contents of `content-cipher` begin with 1. */
export const COPY_VERSION = 2;

/**
 * Authenticated encryption of sealed copies, which are small and in memory:
 *
 *     content = version (1 byte) ‖ nonce (12) ‖ AES-256-GCM of the copy ‖ tag (16)
 *
 * Each envelope has a fresh key and nonces count from zero, so no pair occurs twice. The content id is associated data.
 * `content-cipher` instead derives a key for each content, which takes longer than the encryption of a copy.
 */
export class CopyCipher {
  private count = 0;

  constructor(private readonly key: KeyObject) {}

  encrypt(contentId: string, plaintext: Buffer): Buffer {
    const content = Buffer.alloc(HEADER_BYTES + plaintext.length + TAG_BYTES);
    content[0] = COPY_VERSION;
    content.writeUIntBE(this.count++, HEADER_BYTES - 6, 6);
    const nonce = content.subarray(1, HEADER_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(contentId));
    cipher.update(plaintext).copy(content, HEADER_BYTES);
    cipher.final();
    cipher.getAuthTag().copy(content, HEADER_BYTES + plaintext.length);
    return content;
  }

  /** Decrypts a copy. Error: `DOCUMENT_CONTENT_DAMAGED` for a changed content, a wrong id or a wrong key. */
  decrypt(contentId: string, content: Buffer): Buffer {
    const end = content.length - TAG_BYTES;
    if (end < HEADER_BYTES || content[0] !== COPY_VERSION) throw damaged(contentId);
    const nonce = content.subarray(1, HEADER_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(contentId))
      .setAuthTag(content.subarray(end));
    const plaintext = decipher.update(content.subarray(HEADER_BYTES, end));
    try {
      decipher.final();
    } catch {
      throw damaged(contentId);
    }
    return plaintext;
  }
}

const damaged = (contentId: string) => new DomainError('DOCUMENT_CONTENT_DAMAGED', { contentId });
