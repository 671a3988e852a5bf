import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DomainError } from '../../../kernel/domain-error';
import type { RetentionClass } from '../../../kernel/retention';

/**
 * Owner of the contents that a data key opens. The owner is bound into the wrap, so that a wrap moved to another row is
 * refused.
 */
export interface DataKeyOwner {
  readonly customerId: string;
  readonly retentionClass: RetentionClass;
}

const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WRAP_BYTES = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/**
 * Wraps a data key of 32 bytes under a key-encryption key of 32 bytes:
 *
 *     wrap = version (1 byte) ‖ nonce (12) ‖ AES-256-GCM of the data key (32) ‖ tag (16)          61 bytes
 *
 * Nonces are random, so one key-encryption key may wrap 2³² keys (NIST SP 800-38D section 8.3).
 */
export function wrapKey(keyEncryptionKey: Buffer, dataKey: Buffer, owner: DataKeyOwner): Buffer {
  if (dataKey.length !== KEY_BYTES) throw new RangeError(`A data key has ${KEY_BYTES} bytes`);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyEncryptionKey, nonce).setAAD(associatedData(owner));
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Unwraps a data key. Error: `DATA_KEY_REFUSED` for a changed wrap, another owner or another key-encryption key; GCM
 * cannot distinguish these.
 */
export function unwrapKey(keyEncryptionKey: Buffer, wrap: Buffer, owner: DataKeyOwner): Buffer {
  if (wrap.length !== WRAP_BYTES || wrap[0] !== VERSION) throw new DomainError('DATA_KEY_REFUSED', { ...owner });
  const nonce = wrap.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyEncryptionKey, nonce, { authTagLength: TAG_BYTES })
    .setAAD(associatedData(owner))
    .setAuthTag(wrap.subarray(-TAG_BYTES));
  const dataKey = decipher.update(wrap.subarray(1 + NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
    return dataKey;
  } catch {
    throw new DomainError('DATA_KEY_REFUSED', { ...owner });
  }
}

function associatedData({ customerId, retentionClass }: DataKeyOwner): Buffer {
  return Buffer.from(JSON.stringify(['lethe data key', VERSION, customerId, retentionClass]));
}
