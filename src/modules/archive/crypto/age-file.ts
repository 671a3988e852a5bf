import {
  createCipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const FILE_KEY_BYTES = 16;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NOTHING = Buffer.alloc(0);
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const HRP = 'age1';
const CHECKSUM_LENGTH = 6;

/** The public key of a recipient `age1…`. The checksum was verified when the recipient was accepted. */
export function recipientKey(recipient: string): KeyObject {
  const digits = [...recipient.slice(HRP.length, -CHECKSUM_LENGTH)].map((letter) => BECH32.indexOf(letter));
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  const bytes = Array.from({ length: KEY_BYTES }, (_, index) => parseInt(bits.slice(8 * index, 8 * index + 8), 2));
  const jwk = { kty: 'OKP', crv: 'X25519', x: Buffer.from(bytes).toString('base64url') }; // RFC 8037
  return createPublicKey({ key: jwk, format: 'jwk' });
}

/**
 * Encrypts up to 64 KiB to an X25519 recipient as an armored age file (https://age-encryption.org/v1) that every age
 * implementation opens. The library `age-encryption` does the same in JavaScript and takes twenty times as long; a
 * batch seals about ten keys.
 */
export function sealToRecipient(recipient: KeyObject, plaintext: Buffer): string {
  const fileKey = randomBytes(FILE_KEY_BYTES);
  const header = [
    'age-encryption.org/v1',
    ...wrapFileKey(recipient, fileKey),
    '---', // the MAC covers the header up to here
  ].join('\n');
  const mac = createHmac('sha256', derive(fileKey, NOTHING, 'header'))
    .update(header)
    .digest();
  const nonce = randomBytes(FILE_KEY_BYTES);
  // one chunk, the last one: a counter of zeros and a final 1
  const chunk = chacha(
    derive(fileKey, nonce, 'payload'),
    Buffer.from([...Buffer.alloc(NONCE_BYTES - 1), 1]),
    plaintext,
  );
  fileKey.fill(0);
  return armor(Buffer.concat([Buffer.from(`${header} ${base64(mac)}\n`), nonce, chunk]));
}

function wrapFileKey(recipient: KeyObject, fileKey: Buffer): string[] {
  const ephemeral = generateKeyPairSync('x25519');
  const share = rawKey(ephemeral.publicKey);
  const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient });
  const salt = Buffer.concat([share, rawKey(recipient)]);
  const key = derive(secret, salt, 'age-encryption.org/v1/X25519');
  return [`-> X25519 ${base64(share)}`, base64(chacha(key, Buffer.alloc(NONCE_BYTES), fileKey))];
}

function chacha(key: Buffer, nonce: Buffer, plaintext: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG_BYTES });
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

const derive = (key: Buffer, salt: Buffer, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, KEY_BYTES));

const rawKey = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url');

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

const armor = (bytes: Buffer): string =>
  [
    '-----BEGIN AGE ENCRYPTED FILE-----',
    ...(bytes.toString('base64').match(/.{1,64}/g) ?? []),
    '-----END AGE ENCRYPTED FILE-----\n',
  ].join('\n');
