import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ledger } from '../../src/libraries/transparency-log/ledger';
import { verifyLedger } from '../../src/libraries/transparency-log/ledger-verifier';
import type { LogVerdict } from '../../src/libraries/transparency-log/log-verifier';
import { GrowingTree, leafHash } from '../../src/libraries/transparency-log/merkle-tree';
import { newSigningKey, NoteSigner, signCheckpoint } from '../../src/libraries/transparency-log/note-signer';
import { NoteVerifier, openCheckpoint } from '../../src/libraries/transparency-log/note-verifier';
import { oldCheckpointFile, oldEntryFile } from '../support/ledger-files';

const HONEST = 1_000;
const TAMPERINGS = 10_000;

const ORIGIN = 'lethe.audit/test';
const KEYS = [newSigningKey(ORIGIN), newSigningKey(ORIGIN), newSigningKey(ORIGIN)].map((key) => NoteSigner.from(key));
const [KEY, NEW_KEY, THIEF] = KEYS as [NoteSigner, NoteSigner, NoteSigner];
const TRUSTED = [KEY, NEW_KEY].map((key) => NoteVerifier.from(key.verifierKey));

/** A ledger in memory: the contents of its two kinds of files. */
interface Files {
  readonly entries: readonly string[];
  /** signed notes with their sizes */
  readonly checkpoints: readonly { readonly size: number; readonly note: string }[];
}

interface Tampered {
  readonly entryBytes: Buffer;
  readonly checkpointBytes: Buffer;
  readonly anchor: string | null;
  /** the sequence of the first entry that differs from what was signed, if any */
  readonly first: number | null;
}

/** Reproducible random numbers (mulberry32). */
class Chance {
  constructor(private state: number) {}

  /** an integer from 0 to below `limit` */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }
}

function entry(chance: Chance, place: number): string {
  const noise = Array.from({ length: 1 + chance.below(4) }, () => chance.below(2 ** 32).toString(36)).join(' Müller ');
  return JSON.stringify({ action: 'LOGIN_SUCCEEDED', details: { noise }, id: `${place}-${chance.below(2 ** 32)}` });
}

function sign(
  entries: readonly string[],
  sizes: readonly number[],
  signers: readonly NoteSigner[],
): Files['checkpoints'] {
  const tree = new GrowingTree();
  return [0, ...entries.keys()].flatMap((_, place) => {
    if (place > 0) tree.append(leafHash(entries[place - 1]!));
    const note = () => signCheckpoint({ origin: ORIGIN, size: place, root: tree.root }, signers);
    return sizes.filter((size) => size === place).map((size) => ({ size, note: note() }));
  });
}

/** A log of up to 24 entries with up to 4 checkpoints, and possibly some entries after the last one. */
function honest(chance: Chance): Files & { readonly sizes: readonly number[] } {
  const entries = Array.from({ length: 4 + chance.below(21) }, (_, place) => entry(chance, place));
  const sizes = Array.from({ length: 1 + chance.below(4) }, () => 2 + chance.below(entries.length - 1));
  sizes.sort((one, other) => one - other);
  return { entries, sizes, checkpoints: sign(entries, sizes, [KEY]) };
}

const entryFile = (entries: readonly string[]) => Buffer.from(entries.map((line) => `${line}\n`).join(''));
const checkpointFile = (checkpoints: Files['checkpoints']) =>
  Buffer.from(checkpoints.map(({ note }) => `${JSON.stringify(note)}\n`).join(''));

const asBytes = ({ entries, checkpoints }: Files, first: number | null, anchor: string | null = null): Tampered => ({
  entryBytes: entryFile(entries),
  checkpointBytes: checkpointFile(checkpoints),
  anchor,
  first,
});

function withFlippedBit(bytes: Buffer, chance: Chance, end: number): { readonly flipped: Buffer; readonly at: number } {
  const at = chance.below(end);
  const flipped = Buffer.from(bytes);
  flipped[at]! ^= 1 << chance.below(8);
  return { flipped, at };
}

const lineAt = (bytes: Buffer, at: number) => bytes.subarray(0, at).filter((byte) => byte === 10).length;

/**
 * Each changes an honest log in one way. Only signed data can be tampered with: nothing vouches for entries after the
 * last checkpoint.
 */
const TAMPERING: Readonly<Record<string, (chance: Chance) => Tampered>> = {
  'a bit of an entry flipped': (chance) => {
    const files = honest(chance);
    const whole = asBytes(files, null);
    const signed = entryFile(files.entries.slice(0, files.sizes.at(-1))).length;
    const { flipped, at } = withFlippedBit(whole.entryBytes, chance, signed);
    return { ...whole, entryBytes: flipped, first: lineAt(whole.entryBytes, at) + 1 };
  },
  'a bit of a checkpoint flipped': (chance) => {
    const whole = asBytes(honest(chance), null);
    // without its last line break, the newest checkpoint counts as still being written
    const { flipped } = withFlippedBit(whole.checkpointBytes, chance, whole.checkpointBytes.length - 1);
    return { ...whole, checkpointBytes: flipped };
  },
  "a checkpoint of another log added, with the log's own key": (chance) => {
    const files = honest(chance);
    const { size, note } = files.checkpoints.at(-1)!;
    const { root } = openCheckpoint(note, TRUSTED)!;
    const other = signCheckpoint({ origin: 'lethe.audit/other', size, root }, [KEY]);
    return asBytes({ ...files, checkpoints: [...files.checkpoints, { size, note: other }] }, null);
  },
  'an entry deleted': (chance) => {
    const files = honest(chance);
    const place = chance.below(files.sizes.at(-1)!);
    return asBytes({ ...files, entries: files.entries.toSpliced(place, 1) }, place + 1);
  },
  'two entries swapped': (chance) => {
    const files = honest(chance);
    const one = chance.below(files.sizes.at(-1)!);
    const other = (one + 1 + chance.below(files.entries.length - 1)) % files.entries.length;
    const entries = files.entries.with(one, files.entries[other]!).with(other, files.entries[one]!);
    return asBytes({ ...files, entries }, Math.min(one, other) + 1);
  },
  'an entry inserted': (chance) => {
    const files = honest(chance);
    const place = chance.below(files.sizes.at(-1)!);
    const inserted = chance.below(2) === 0 ? entry(chance, -1) : chance.of(files.entries.toSpliced(place, 1));
    return asBytes({ ...files, entries: files.entries.toSpliced(place, 0, inserted) }, place + 1);
  },
  'the end cut off': (chance) => {
    const files = honest(chance);
    const whole = asBytes(files, null);
    const cut = chance.below(entryFile(files.entries.slice(0, files.sizes.at(-1))).length);
    return { ...whole, entryBytes: whole.entryBytes.subarray(0, cut), first: lineAt(whole.entryBytes, cut) + 1 };
  },
  'rolled back to an older checkpoint': (chance) => {
    const files = honest(chance);
    const anchor = files.checkpoints.at(-1)!;
    const size = chance.below(anchor.size);
    const older = { entries: files.entries.slice(0, size), checkpoints: sign(files.entries, [size], [KEY]) };
    return asBytes(older, size + 1, anchor.note);
  },
  "forked, with the log's own key": (chance) => {
    const files = honest(chance);
    const anchor = chance.of(files.checkpoints);
    const shared = chance.below(anchor.size);
    const others = Array.from({ length: anchor.size - shared + chance.below(10) }, (_, place) =>
      entry(chance, shared + place),
    );
    const entries = [...files.entries.slice(0, shared), ...others];
    const checkpoints = sign(entries, [...files.sizes.filter((size) => size <= shared), entries.length], [KEY]);
    return asBytes({ entries, checkpoints }, shared + 1, anchor.note);
  },
  'rewritten and signed by another key of the same name': (chance) => {
    const files = honest(chance);
    const place = chance.below(files.sizes.at(-1)!);
    const entries = files.entries.with(place, entry(chance, -1));
    return asBytes({ entries, checkpoints: sign(entries, files.sizes, [THIEF]) }, place + 1);
  },
  "a suffix rewritten and signed again after the anchor, with the log's own key": (chance) => {
    const files = honest(chance);
    const anchor = chance.of(files.checkpoints);
    const place = chance.below(anchor.size);
    const entries = files.entries.map((line, at) =>
      at === place || (at > place && chance.below(2) === 0) ? entry(chance, at) : line,
    );
    return asBytes({ entries, checkpoints: sign(entries, files.sizes, [KEY]) }, place + 1, anchor.note);
  },
};

/** Effects that occur in honest logs as well. */
function everyday(chance: Chance): Tampered {
  const files = honest(chance);
  const [half] = files.sizes;
  const rotated = [
    ...sign(files.entries, [half!], [KEY]),
    ...sign(files.entries, files.sizes.slice(1), chance.below(2) === 0 ? [KEY, NEW_KEY] : [NEW_KEY]),
  ];
  const checkpoints = chance.of([
    files.checkpoints,
    rotated,
    [...files.checkpoints, files.checkpoints.at(-1)!], // signed twice, because of a crash in between
    [...sign(files.entries, [0], [KEY]), ...files.checkpoints],
  ]);
  const whole = asBytes({ ...files, checkpoints }, null, chance.below(2) === 0 ? null : chance.of(checkpoints).note);
  const torn = Buffer.from('{"half a li');
  return chance.below(3) > 0
    ? whole
    : {
        ...whole,
        entryBytes: Buffer.concat([whole.entryBytes, torn]),
        checkpointBytes: Buffer.concat([whole.checkpointBytes, torn]),
      };
}

describe('tampering with a ledger', () => {
  const seed = randomInt(2 ** 31);
  const chance = new Chance(seed);
  let ledger: Ledger;

  beforeAll(() => {
    ledger = new Ledger(mkdtempSync(join(tmpdir(), 'lethe-ledger-')));
    mkdirSync(dirname(oldEntryFile(ledger.folder)), { recursive: true });
  });

  afterAll(() => rmSync(ledger.folder, { recursive: true, force: true }));

  async function verdictOf({ entryBytes, checkpointBytes, anchor }: Tampered): Promise<LogVerdict> {
    writeFileSync(oldEntryFile(ledger.folder), entryBytes);
    writeFileSync(oldCheckpointFile(ledger.folder), checkpointBytes);
    return verifyLedger(ledger, TRUSTED, anchor);
  }

  it(`raises no false alarm in ${HONEST} honest logs`, async () => {
    for (let round = 0; round < HONEST; round++) {
      const log = everyday(chance);
      const { problem, entries } = await verdictOf(log);
      const lines = lineAt(log.entryBytes, log.entryBytes.length);
      expect({ seed, round, problem, entries }).toEqual({ seed, round, problem: null, entries: lines });
    }
  });

  const rounds = Math.ceil(TAMPERINGS / Object.keys(TAMPERING).length);
  it.each(Object.entries(TAMPERING))(`is detected every time in ${rounds} logs: %s`, async (_, tamper) => {
    for (let round = 0; round < rounds; round++) {
      const tampered = tamper(chance);
      const { problem, firstBroken } = await verdictOf(tampered);
      expect({ seed, round, problem }).toEqual({ seed, round, problem: expect.any(String) });
      if (tampered.first === null) continue;
      // the reported range contains the first broken entry
      const { from, to } = firstBroken!;
      const isWithin = from <= tampered.first && tampered.first <= (to ?? Infinity);
      expect({ seed, round, problem, first: tampered.first, from, to, isWithin }).toMatchObject({ isWithin: true });
    }
  });
});
