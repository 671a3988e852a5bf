import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { armor, Decrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { decrypt, decryptStream, encrypt, encryptStream } from '../../src/modules/archive/crypto/content-cipher';
import { CopyCipher } from '../../src/modules/archive/crypto/copy-cipher';
import { FiscalSeal, openEnvelope } from '../../src/modules/archive/crypto/fiscal-seal';
import { DataKeyOwner, unwrapKey, wrapKey } from '../../src/modules/archive/crypto/key-wrap';
import { KeyFolder } from '../../src/platform/keys/key-folder';

const CHUNK = 64 * 1024;
const HEADER = 17;
const SEALED_CHUNK = CHUNK + 16;

const ID = '0190a1b2-c3d4-7e5f-8a6b-0123456789ab';
const KEY = randomBytes(32);
const DAMAGED = expect.objectContaining({ code: 'DOCUMENT_CONTENT_DAMAGED', extensions: { contentId: ID } });

/** Cuts bytes into pieces of the given sizes, repeatedly, as a network would. */
function* pieces(bytes: Buffer, sizes: number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? CHUNK;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const encryptPieces = (bytes: Buffer, sizes: number[], key = KEY, id = ID) =>
  buffer(Readable.from(pieces(bytes, sizes)).pipe(encryptStream(key, id)));

/** The output of the stream before it ended or failed. */
async function decryptPieces(content: Buffer, sizes: number[], key = KEY, id = ID) {
  const released: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      released.push(chunk);
      done();
    },
  });
  const error: unknown = await pipeline(Readable.from(pieces(content, sizes)), decryptStream(key, id), sink).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { released: Buffer.concat(released), error };
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return copy;
}

/**
 * Expects that both ways of reading refuse the content, and that the stream released only bytes of the original at
 * their position.
 */
async function expectDamaged(content: Buffer, original: Buffer, sizes = [CHUNK]): Promise<void> {
  expect(() => decrypt(KEY, ID, content)).toThrow(DAMAGED);
  const { released, error } = await decryptPieces(content, sizes);
  expect(error).toEqual(DAMAGED);
  expect(original.subarray(0, released.length).equals(released)).toBe(true);
}

describe('content cipher', () => {
  const several = randomBytes(3 * CHUNK + 1000);
  const sealed = encrypt(KEY, ID, several);
  const chunks = [0, 1, 2, 3].map((index) =>
    sealed.subarray(HEADER + index * SEALED_CHUNK, HEADER + (index + 1) * SEALED_CHUNK),
  );
  const joined = (...order: number[]) =>
    Buffer.concat([sealed.subarray(0, HEADER), ...order.map((index) => chunks[index] ?? Buffer.alloc(0))]);

  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5_000_000])('returns %i bytes', async (size) => {
    const plaintext = randomBytes(size);
    const contents = [encrypt(KEY, ID, plaintext), await encryptPieces(plaintext, [10_000, 1, 200_000])];

    for (const content of contents) {
      expect(content).toHaveLength(HEADER + size + 16 * Math.max(1, Math.ceil(size / CHUNK)));
      expect(decrypt(KEY, ID, content).equals(plaintext)).toBe(true);
      const { released, error } = await decryptPieces(content, [70_000, 3, 16_384]);
      expect(error).toBeNull();
      expect(released.equals(plaintext)).toBe(true);
    }
  });

  it('does not depend on how the bytes arrive', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 3 * CHUNK }),
        fc.array(fc.integer({ min: 50, max: 2 * CHUNK }), { minLength: 1, maxLength: 5 }),
        async (size, sizes) => {
          const plaintext = several.subarray(0, size);
          const { released, error } = await decryptPieces(await encryptPieces(plaintext, sizes), sizes);
          expect(error).toBeNull();
          expect(released.equals(plaintext)).toBe(true);
        },
      ),
      { numRuns: 50 },
    ));

  it('never produces the same content twice', () => {
    expect(encrypt(KEY, ID, several).equals(encrypt(KEY, ID, several))).toBe(false);
  });

  it('detects every single flipped bit of a small content', () => {
    const content = encrypt(KEY, ID, Buffer.from('Hörgerät'));
    for (let bit = 0; bit < content.length * 8; bit++) {
      expect(() => decrypt(KEY, ID, flipped(content, bit))).toThrow(DAMAGED);
    }
  });

  it('detects any flipped bit of a large content', () =>
    fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length * 8 - 1 }), (bit) => expectDamaged(flipped(sealed, bit), several)),
      { numRuns: 100 },
    ));

  it('detects every truncation of a small content', () => {
    for (const size of [0, 1, 30]) {
      const content = encrypt(KEY, ID, randomBytes(size));
      for (let end = 0; end < content.length; end++) {
        expect(() => decrypt(KEY, ID, content.subarray(0, end))).toThrow(DAMAGED);
      }
    }
  });

  it('detects any truncation of a large content, especially at chunk boundaries', async () => {
    for (let count = 0; count < 4; count++) {
      for (const delta of [-1, 0, 1, 15, 16, 17]) {
        await expectDamaged(sealed.subarray(0, HEADER + count * SEALED_CHUNK + delta), several);
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), (end) => expectDamaged(sealed.subarray(0, end), several)),
      { numRuns: 100 },
    );
  });

  it('detects anything appended', async () => {
    const whole = encrypt(KEY, ID, several.subarray(0, 2 * CHUNK));
    for (const extra of [Buffer.of(0), Buffer.alloc(16), Buffer.alloc(SEALED_CHUNK), chunks[3] ?? Buffer.alloc(1)]) {
      await expectDamaged(Buffer.concat([sealed, extra]), several);
      await expectDamaged(Buffer.concat([whole, extra]), several);
    }
    await expectDamaged(Buffer.concat([sealed, sealed]), several);
  });

  it('detects every other order, repetition and omission of chunks', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 3 }), { maxLength: 6 }).filter((order) => order.join() !== '0,1,2,3'),
        (order) => expectDamaged(joined(...order), several),
      ),
      { numRuns: 150, examples: [[[1, 0, 2, 3]], [[0, 1, 1, 2, 3]], [[0, 1, 3]], [[1, 2, 3]], [[0, 1, 2]], [[3]]] },
    ));

  it('detects chunks of another content under the same key and id', async () => {
    const other = encrypt(KEY, ID, several);
    const mixed = Buffer.concat([sealed.subarray(0, HEADER + SEALED_CHUNK), other.subarray(HEADER + SEALED_CHUNK)]);
    await expectDamaged(mixed, several);
  });

  it('refuses another key and another content id, and releases nothing', async () => {
    const otherId = randomUUID();
    expect(() => decrypt(randomBytes(32), ID, sealed)).toThrow(DAMAGED);
    expect(() => decrypt(KEY, otherId, sealed)).toThrow('DOCUMENT_CONTENT_DAMAGED');

    for (const { released, error } of [
      await decryptPieces(sealed, [CHUNK], randomBytes(32)),
      await decryptPieces(sealed, [CHUNK], KEY, otherId),
    ]) {
      expect(error).toMatchObject({ code: 'DOCUMENT_CONTENT_DAMAGED' });
      expect(released).toHaveLength(0);
    }
  });

  it('lets the caller wipe its key immediately', async () => {
    const key = Buffer.from(KEY);
    const stream = decryptStream(key, ID);
    key.fill(0);
    expect((await buffer(Readable.from([sealed]).pipe(stream))).equals(several)).toBe(true);
  });

  it.each([0, 16, 31, 33])('refuses a key of %i bytes', (bytes) => {
    expect(() => encrypt(Buffer.alloc(bytes), ID, several)).toThrow(RangeError);
    expect(() => decryptStream(Buffer.alloc(bytes), ID)).toThrow(RangeError);
  });

  it('uses little memory for 200 MB', async () => {
    const source = function* (): Generator<Buffer> {
      for (let index = 0; index < 3200; index++) yield Buffer.alloc(CHUNK, index);
    };
    let size = 0;
    let peak = 0;
    const before = process.memoryUsage().rss;
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        peak = Math.max(peak, process.memoryUsage().rss - before);
        setImmediate(done); // as a disk would, so that freed buffers are collected
      },
    });

    await pipeline(Readable.from(source()), encryptStream(KEY, ID), decryptStream(KEY, ID), sink);
    expect(size).toBe(3200 * CHUNK);
    expect(peak).toBeLessThan(100 * 1024 * 1024);
  });
});

describe('key wrap', () => {
  const owner: DataKeyOwner = { customerId: ID, retentionClass: 'VOUCHER' };
  const dataKey = randomBytes(32);
  const wrap = wrapKey(KEY, dataKey, owner);

  it('returns the key from 61 bytes that differ every time', () => {
    expect(wrap).toHaveLength(61);
    expect(unwrapKey(KEY, wrap, owner)).toEqual(dataKey);
    expect(wrapKey(KEY, dataKey, owner)).not.toEqual(wrap);
  });

  it('refuses another owner and another key-encryption key', () => {
    const refused = expect.objectContaining({ code: 'DATA_KEY_REFUSED' });
    expect(() => unwrapKey(KEY, wrap, { ...owner, customerId: randomUUID() })).toThrow(refused);
    expect(() => unwrapKey(KEY, wrap, { ...owner, retentionClass: 'NONE' })).toThrow(refused);
    expect(() => unwrapKey(randomBytes(32), wrap, owner)).toThrow(refused);
  });

  it('refuses every flipped bit and every other length', () => {
    for (let bit = 0; bit < wrap.length * 8; bit++) {
      expect(() => unwrapKey(KEY, flipped(wrap, bit), owner)).toThrow('DATA_KEY_REFUSED');
    }
    for (let end = 0; end < wrap.length; end++) {
      expect(() => unwrapKey(KEY, wrap.subarray(0, end), owner)).toThrow('DATA_KEY_REFUSED');
    }
    expect(() => unwrapKey(KEY, Buffer.concat([wrap, Buffer.of(0)]), owner)).toThrow('DATA_KEY_REFUSED');
  });

  it('wraps only keys of 32 bytes', () => {
    expect(() => wrapKey(KEY, Buffer.alloc(31), owner)).toThrow(RangeError);
  });
});

describe('fiscal seal', () => {
  const owner: DataKeyOwner = { customerId: ID, retentionClass: 'VOUCHER' };
  let dir: string;
  let keys: KeyFolder;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiscal-seal-'));
    keys = await KeyFolder.open(dir);
  });

  afterEach(() => rm(dir, { recursive: true }));

  async function pair(): Promise<{ identity: string; recipient: string }> {
    const identity = await generateX25519Identity();
    return { identity, recipient: await identityToRecipient(identity) };
  }

  it('seals a batch of contents and data keys that only the identity file opens', async () => {
    const { identity, recipient } = await pair();
    const seal = await FiscalSeal.open({ recipient, keys });
    const envelope = seal.newEnvelope();
    const ids = [randomUUID(), randomUUID()];
    const contents = ids.map((id) => envelope.encrypt(id, Buffer.from(`Rechnung ${id}`)));
    const dataKey = randomBytes(32);
    const wrap = envelope.wrapKey(dataKey, owner);
    envelope.dispose();

    const file = `# created: 2025-01-31T10:00:00Z\r\n# public key: ${recipient}\r\n\r\n${identity}\r\n`;
    const opened = await openEnvelope(envelope.sealedKey, file);
    ids.forEach((id, index) => {
      expect(opened.decrypt(id, contents[index] ?? Buffer.alloc(0)).toString()).toBe(`Rechnung ${id}`);
    });
    expect(opened.unwrapKey(wrap, owner)).toEqual(dataKey);
    expect(() => opened.unwrapKey(wrap, { ...owner, retentionClass: 'NONE' })).toThrow('DATA_KEY_REFUSED');
    expect(() => opened.decrypt(ids[1] ?? '', contents[0] ?? Buffer.alloc(0))).toThrow('DOCUMENT_CONTENT_DAMAGED');
    expect(seal.isLocal).toBe(false);
    expect(await readdir(dir)).toEqual([]);
  });

  it('writes a standard age file that contains 32 bytes, different ones each time', async () => {
    const { identity, recipient } = await pair();
    const seal = await FiscalSeal.open({ recipient, keys });
    const age = new Decrypter();
    age.addIdentity(identity);
    const opened = await Promise.all(
      [seal.newEnvelope(), seal.newEnvelope()].map(({ sealedKey }) => {
        expect(sealedKey).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n[^]+\n-----END AGE ENCRYPTED FILE-----\n$/);
        return age.decrypt(armor.decode(sealedKey));
      }),
    );

    expect(opened.map(({ length }) => length)).toEqual([32, 32]);
    expect(opened[0]).not.toEqual(opened[1]);
  });

  it('tries every identity of the file, and refuses another one or a damaged envelope', async () => {
    const [right, wrong] = [await pair(), await pair()];
    const { sealedKey } = (await FiscalSeal.open({ recipient: right.recipient, keys })).newEnvelope();

    await openEnvelope(sealedKey, `${wrong.identity}\n${right.identity}`);
    const refused = { code: 'FISCAL_SEAL_NOT_OPENED' };
    await expect(openEnvelope(sealedKey, wrong.identity)).rejects.toMatchObject(refused);
    await expect(openEnvelope(sealedKey.slice(0, -60), right.identity)).rejects.toMatchObject(refused);
    await expect(openEnvelope('', right.identity)).rejects.toMatchObject(refused);
    const bytes = Buffer.from(armor.decode(sealedKey));
    for (let bit = 0; bit < bytes.length * 8; bit += 61) {
      await expect(openEnvelope(armor.encode(flipped(bytes, bit)), right.identity)).rejects.toMatchObject(refused);
    }
  });

  it.each(['', '# nothing here\n', 'AGE-SECRET-KEY-1QQQ', 'age1qqqq', '-----BEGIN PRIVATE KEY-----'])(
    'refuses the identity file %j',
    async (text) => {
      const { recipient } = await pair();
      const { sealedKey } = (await FiscalSeal.open({ recipient, keys })).newEnvelope();
      await expect(openEnvelope(sealedKey, text)).rejects.toMatchObject({ code: 'FISCAL_SEAL_IDENTITY_INVALID' });
    },
  );

  it('refuses an invalid X25519 recipient, without repeating it', async () => {
    const { identity, recipient } = await pair();
    const lastLetter = recipient.endsWith('q') ? 'p' : 'q';
    for (const invalid of [
      '',
      'age1',
      identity,
      recipient.toUpperCase(),
      `${recipient.slice(0, -1)}${lastLetter}`,
      ` ${recipient}`,
      await identityToRecipient(await generateHybridIdentity()),
      'age1tag1qfvl64h8uas28mnw7lvdrx3g97x93ncru33n407qe8v7tm3mrcxxzshklz6',
      // the all-zero point, of low order: anyone could open data sealed to it
      'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z',
    ]) {
      const error: unknown = await FiscalSeal.open({ recipient: invalid, keys }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'FISCAL_SEAL_INVALID', message: 'FISCAL_SEAL_INVALID', extensions: {} });
    }
  });

  it('creates one local pair for all processes and opens with its identity', async () => {
    const seals = await Promise.all(Array.from({ length: 10 }, () => FiscalSeal.open({ recipient: null, keys })));
    const [seal] = seals;

    expect(new Set(seals.map(({ recipient }) => recipient)).size).toBe(1);
    expect(seals.every(({ isLocal }) => isLocal)).toBe(true);
    expect((await readdir(dir)).sort()).toEqual(['fiscal-seal.identity', 'fiscal-seal.recipient']);
    expect((await stat(join(dir, 'fiscal-seal.identity'))).mode & 0o777).toBe(0o400);
    expect(await keys.readText('fiscal-seal.recipient')).toBe(seal?.recipient);

    const envelope = seal?.newEnvelope();
    const content = envelope?.encrypt(ID, Buffer.from('x')) ?? Buffer.alloc(0);
    const identity = (await keys.readText('fiscal-seal.identity')) ?? '';
    const opened = await openEnvelope(envelope?.sealedKey ?? '', identity);
    expect(opened.decrypt(ID, content)).toEqual(Buffer.from('x'));
  });

  it('is no longer local once the identity is taken offline', async () => {
    const { recipient } = await FiscalSeal.open({ recipient: null, keys });
    await rename(join(dir, 'fiscal-seal.identity'), join(dir, 'offline'));

    expect(await FiscalSeal.open({ recipient: null, keys })).toMatchObject({ recipient, isLocal: false });
    expect(await keys.readText('fiscal-seal.identity')).toBeNull();
  });

  it('refuses mismatched pairs and a malformed half', async () => {
    const { recipient } = await pair();
    await keys.readOrCreateText('fiscal-seal.recipient', /^age1/, () => recipient);
    await keys.readOrCreateText('fiscal-seal.identity', /^AGE/, generateX25519Identity);
    await expect(FiscalSeal.open({ recipient: null, keys })).rejects.toMatchObject({ code: 'FISCAL_SEAL_INVALID' });

    await rm(join(dir, 'fiscal-seal.identity'));
    await keys.readOrCreateText('fiscal-seal.identity', /^/, () => 'AGE-SECRET-KEY-1');
    await expect(FiscalSeal.open({ recipient: null, keys })).rejects.toMatchObject({ code: 'KEY_FILE_MALFORMED' });
  });

  it('encrypts nothing after its disposal', async () => {
    const { recipient } = await pair();
    const envelope = (await FiscalSeal.open({ recipient, keys })).newEnvelope();
    envelope.dispose();
    envelope.dispose();

    expect(() => envelope.encrypt(ID, Buffer.from('x'))).toThrow('disposed');
    expect(() => envelope.wrapKey(randomBytes(32), owner)).toThrow('disposed');
  });
});

describe('the cipher of sealed copies', () => {
  const COPY = Buffer.from('{"format":"lethe sealed copy v2"}');
  const cipher = () => new CopyCipher(createSecretKey(KEY));

  it('returns its input, and never uses a nonce twice', () => {
    const one = cipher();
    const contents = Array.from({ length: 300 }, () => one.encrypt(ID, COPY));
    for (const content of contents) expect(cipher().decrypt(ID, content)).toEqual(COPY);
    expect(new Set(contents.map((content) => content.subarray(1, 13).toString('hex'))).size).toBe(contents.length);
    expect(cipher().decrypt(ID, cipher().encrypt(ID, Buffer.alloc(0)))).toHaveLength(0);
  });

  it('detects each changed bit, each truncation, another id and another key', () => {
    const content = cipher().encrypt(ID, COPY);
    for (let bit = 0; bit < 8 * content.length; bit++)
      expect(() => cipher().decrypt(ID, flipped(content, bit))).toThrow(DAMAGED);
    for (let length = 0; length < content.length; length++)
      expect(() => cipher().decrypt(ID, content.subarray(0, length))).toThrow(DAMAGED);
    expect(() => cipher().decrypt(randomUUID(), content)).toThrow('DOCUMENT_CONTENT_DAMAGED');
    expect(() => new CopyCipher(createSecretKey(randomBytes(32))).decrypt(ID, content)).toThrow(DAMAGED);
  });
});
