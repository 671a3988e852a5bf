import { newSigningKey, NoteSigner, signCheckpoint } from '../../src/libraries/transparency-log/note-signer';
import { NoteVerifier, openCheckpoint } from '../../src/libraries/transparency-log/note-verifier';
import { leafHash } from '../../src/libraries/transparency-log/merkle-tree';

/**
 * The example published with golang.org/x/mod/sumdb/note. Ed25519 is deterministic, so the signature is always the
 * same.
 */
const EXAMPLE = {
  signer: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  verifier: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signature: 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
};

const NAME = 'lethe.audit/test';
const signer = NoteSigner.from(newSigningKey(NAME));
const verifier = NoteVerifier.from(signer.verifierKey);
const other = NoteSigner.from(newSigningKey(NAME));
const checkpoint = { origin: NAME, size: 42, root: leafHash('root') };
const note = signCheckpoint(checkpoint, [signer]);

describe('signed note', () => {
  it('matches the published one for the published key', () => {
    const published = NoteSigner.from(EXAMPLE.signer);
    expect(published.verifierKey).toBe(EXAMPLE.verifier);
    expect(published.signatureOf(EXAMPLE.text)).toBe(`— PeterNeumann ${EXAMPLE.signature}\n`);
    const bytes = Buffer.from(EXAMPLE.signature, 'base64');
    expect(NoteVerifier.from(EXAMPLE.verifier).hasSigned(EXAMPLE.text, { name: 'PeterNeumann', bytes })).toBe(true);
    expect(NoteVerifier.from(EXAMPLE.verifier).hasSigned(`${EXAMPLE.text}.`, { name: 'PeterNeumann', bytes })).toBe(
      false,
    );
  });

  it('contains what was signed', () => {
    expect(openCheckpoint(note, [verifier])).toEqual(checkpoint);
    const [origin, size, root, blank, signature, end] = note.split('\n');
    expect([origin, size, root, blank, end]).toEqual([NAME, '42', checkpoint.root.toString('base64'), '', '']);
    expect(signature).toMatch(/^— lethe\.audit\/test [A-Za-z0-9+/]{91}=$/);
  });

  it('is refused without a known key, even under the same name', () => {
    expect(openCheckpoint(note, [])).toBeNull();
    expect(openCheckpoint(note, [NoteVerifier.from(other.verifierKey)])).toBeNull();
    expect(openCheckpoint(signCheckpoint(checkpoint, [other]), [verifier])).toBeNull();
  });

  it('may have signatures of several keys, of which one is known', () => {
    const both = signCheckpoint(checkpoint, [other, signer]);
    expect(openCheckpoint(both, [verifier])).toEqual(checkpoint);
    expect(openCheckpoint(both, [NoteVerifier.from(other.verifierKey)])).toEqual(checkpoint);
  });

  it('may contain more than a checkpoint requires', () => {
    const text = `${NAME}\n42\n${checkpoint.root.toString('base64')}\nsomething else\n`;
    expect(openCheckpoint(`${text}\n${signer.signatureOf(text)}`, [verifier])).toEqual(checkpoint);
  });

  it('is refused with any bit changed', () => {
    const bytes = Buffer.from(note);
    const accepted: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      if (openCheckpoint(changed.toString(), [verifier]) !== null) accepted.push(bit);
    }
    expect(accepted).toEqual([]);
  });

  it('is refused with another encoding of the same signature', () => {
    const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const [end = '', letter = ''] = /(.)=\n$/.exec(note) ?? [];
    const other = note.slice(0, -end.length) + LETTERS[LETTERS.indexOf(letter) + 1] + '=\n';
    const bytesOf = (text: string) => Buffer.from(text.trim().split(' ').at(-1)!, 'base64');
    expect([bytesOf(other), other === note]).toEqual([bytesOf(note), false]);
    expect(openCheckpoint(other, [verifier])).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['text alone', `${NAME}\n42\n`],
    ['no signature', `${NAME}\n42\n${checkpoint.root.toString('base64')}\n\n`],
    ['no line break at the end', note.slice(0, -1)],
    ['an extra line at the end', `${note}\n`],
    ['Windows line breaks', note.replaceAll('\n', '\r\n')],
  ])('is not %s', (_, text) => {
    expect(openCheckpoint(text, [verifier])).toBeNull();
  });

  it.each([
    ['a size with a sign', `${NAME}\n-1\n${checkpoint.root.toString('base64')}\n`],
    ['a size with a leading zero', `${NAME}\n042\n${checkpoint.root.toString('base64')}\n`],
    ['a size that is too large', `${NAME}\n9999999999999999\n${checkpoint.root.toString('base64')}\n`],
    ['a root that is too short', `${NAME}\n42\n${Buffer.alloc(31).toString('base64')}\n`],
    ['no root', `${NAME}\n42\n`],
    ['no origin', `\n42\n${checkpoint.root.toString('base64')}\n`],
  ])('is no checkpoint with %s, whatever its signature', (_, text) => {
    expect(openCheckpoint(`${text}\n${signer.signatureOf(text)}`, [verifier])).toBeNull();
  });

  it.each([
    ['', 'nothing'],
    [EXAMPLE.signer, 'a signing key'],
    [EXAMPLE.verifier.replace('c74f20a3', 'c74f20a4'), 'the id of another key'],
    [EXAMPLE.verifier.replace('PeterNeumann', 'PaulNeumann'), 'another name'],
    [EXAMPLE.verifier.slice(0, -4), 'a key that is too short'],
  ])('has no verifier key in %s: %s', (text) => {
    expect(() => NoteVerifier.from(text)).toThrow('Not a verifier key');
  });

  it('reveals nothing of an invalid signing key', () => {
    const broken = EXAMPLE.signer.replace('c74f20a3', 'c74f20a4');
    expect(() => NoteSigner.from(broken)).toThrow(/^Not a signing key$/);
    expect(() => NoteSigner.from(EXAMPLE.verifier)).toThrow(/^Not a signing key$/);
  });
});
