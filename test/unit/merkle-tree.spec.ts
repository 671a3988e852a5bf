import * as fc from 'fast-check';
import {
  consistencyProof,
  inclusionProof,
  rootOf,
  type Subtrees,
} from '../../src/libraries/transparency-log/merkle-proofs';
import {
  EMPTY_ROOT,
  GrowingTree,
  leafHash,
  nodeHash,
  provesInclusion,
} from '../../src/libraries/transparency-log/merkle-tree';
import { provesConsistency } from '../../src/libraries/transparency-log/consistency-proof';
import { mth, path, proof } from '../support/naive-tree';

const hex = (text: string) => Buffer.from(text, 'hex');

/** Leaves and roots that are published with the implementations of RFC 6962. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  hex,
);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => Buffer.from(`entry ${index}`));

/** The complete subtrees over leaves, computed by the other implementation and cached. */
function subtreesOf(leaves: readonly Buffer[]): Subtrees {
  const known = new Map<string, Buffer>();
  return (height, index) => {
    const key = `${height}/${index}`;
    const width = 2 ** height;
    const part = leaves.slice(index * width, (index + 1) * width);
    if (part.length < width) throw new Error('No complete subtree was asked for');
    const root = known.get(key) ?? mth(part);
    known.set(key, root);
    return root;
  };
}

const grown = (leaves: readonly Buffer[]) => {
  const tree = new GrowingTree();
  for (const leaf of leaves) tree.append(leafHash(leaf));
  return tree;
};

const base64 = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('base64'));

describe('Merkle tree', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))(
    'has the published root of %i leaves',
    async (size, root) => {
      const leaves = LEAVES.slice(0, size);
      expect(grown(leaves).root.toString('hex')).toBe(root);
      expect((await rootOf(size, subtreesOf(leaves))).toString('hex')).toBe(root);
      expect(mth(leaves).toString('hex')).toBe(root);
    },
  );

  it.each([
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  ])('has the published inclusion proof of leaf %i of %i', async (leaf, size, published) => {
    const hashes = await inclusionProof(leaf, size, subtreesOf(LEAVES));
    expect(hashes.map((hash) => hash.toString('hex'))).toEqual(published);
  });

  it.each([
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
  ])('has the published consistency proof from %i to %i', async (older, newer, published) => {
    const hashes = await consistencyProof(older, newer, subtreesOf(LEAVES));
    expect(hashes.map((hash) => hash.toString('hex'))).toEqual(published);
  });

  it('distinguishes leaves from nodes', () => {
    const [left, right] = [leafHash('a'), leafHash('b')];
    expect(leafHash(Buffer.concat([left, right]))).not.toEqual(nodeHash(left, right));
    expect(leafHash('')).not.toEqual(EMPTY_ROOT);
  });

  describe('of every size up to 130', () => {
    const ALL = leavesOf(130);
    const subtrees = subtreesOf(ALL);
    const roots = Array.from({ length: 131 }, (_, size) => mth(ALL.slice(0, size)));

    it('has the root of the definition', async () => {
      const tree = new GrowingTree();
      for (let size = 0; size <= 130; size++) {
        expect([size, tree.size, tree.root]).toEqual([size, size, roots[size]]);
        expect(await rootOf(size, subtrees)).toEqual(roots[size]);
        if (size < 130) tree.append(leafHash(ALL[size]!));
      }
    });

    it('includes every leaf, with the proof of the definition, and no other leaf', async () => {
      for (let size = 1; size <= 130; size++)
        for (let leaf = 0; leaf < size; leaf++) {
          const made = await inclusionProof(leaf, size, subtrees);
          if (size <= 40 || leaf % 7 === 0) expect(base64(made)).toEqual(base64(path(leaf, ALL.slice(0, size))));
          const claim = { leaf, size, hash: leafHash(ALL[leaf]!), proof: made, root: roots[size]! };
          expect(provesInclusion(claim)).toBe(true);
          if (size > 1) expect(provesInclusion({ ...claim, leaf: (leaf + 1) % size })).toBe(false);
        }
    });

    it('is consistent with every older one, with the proof of the definition', async () => {
      for (let newer = 1; newer <= 130; newer++)
        for (let older = 1; older <= newer; older++) {
          const made = await consistencyProof(older, newer, subtrees);
          if (newer <= 40 || older % 7 === 0) expect(base64(made)).toEqual(base64(proof(older, ALL.slice(0, newer))));
          const claim = { older, newer, olderRoot: roots[older]!, newerRoot: roots[newer]!, proof: made };
          expect(provesConsistency(claim)).toBe(true);
          expect(provesConsistency({ ...claim, olderRoot: roots[older - 1]! })).toBe(false);
        }
    });
  });

  describe('of any size', () => {
    const MAX_LEAVES = 3_000;
    const ALL = leavesOf(MAX_LEAVES);
    const subtrees = subtreesOf(ALL);
    const sizeAndLess = fc
      .integer({ min: 2, max: MAX_LEAVES })
      .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 1, max: size - 1 })));

    it('agrees with the definition', async () => {
      await fc.assert(
        fc.asyncProperty(sizeAndLess, async ([size, less]) => {
          const leaves = ALL.slice(0, size);
          expect(grown(leaves).root).toEqual(mth(leaves));
          expect(base64(await inclusionProof(less, size, subtrees))).toEqual(base64(path(less, leaves)));
          expect(base64(await consistencyProof(less, size, subtrees))).toEqual(base64(proof(less, leaves)));
        }),
        { numRuns: 60 },
      );
    });

    it('refuses a proof changed by a single bit or in its length', async () => {
      await fc.assert(
        fc.asyncProperty(sizeAndLess, fc.nat(), fc.nat(255), async ([size, leaf], at, bit) => {
          const made = await inclusionProof(leaf, size, subtrees);
          const claim = { leaf, size, hash: leafHash(ALL[leaf]!), root: mth(ALL.slice(0, size)) };
          expect(provesInclusion({ ...claim, proof: made })).toBe(true);
          const flipped = made.map((hash, index) => (index === at % made.length ? withFlippedBit(hash, bit) : hash));
          expect(provesInclusion({ ...claim, proof: flipped })).toBe(false);
          expect(provesInclusion({ ...claim, proof: made.slice(1) })).toBe(false);
          expect(provesInclusion({ ...claim, proof: [...made, claim.hash] })).toBe(false);
          expect(provesInclusion({ ...claim, proof: made, hash: withFlippedBit(claim.hash, bit) })).toBe(false);
          expect(provesInclusion({ ...claim, proof: made, root: withFlippedBit(claim.root, bit) })).toBe(false);
        }),
        { numRuns: 60 },
      );
    });
  });

  it.each([
    ['a leaf that does not exist', { leaf: 1 }],
    ['a leaf before the first', { leaf: -1 }],
    ['half a leaf', { leaf: 0.5 }],
    ['no number', { leaf: NaN }],
    ['a size that is too large', { size: 2 ** 60 }],
    ['a tree that is larger than the proof', { size: 2 }],
    ['a hash that is too short', { hash: Buffer.alloc(31) }],
    ['a root that is too long', { root: Buffer.alloc(33) }],
    ['a leaf and a root that are not hashes', { hash: Buffer.alloc(31), root: Buffer.alloc(31) }],
    ['invalid hashes in a proof', { size: 2, proof: [Buffer.alloc(0)] }],
  ])('proves nothing for %s', (_, wrong) => {
    const hash = leafHash('a');
    const right = { leaf: 0, size: 1, hash, root: hash, proof: [] as Buffer[] };
    expect(provesInclusion(right)).toBe(true);
    expect(provesInclusion({ ...right, ...wrong })).toBe(false);
  });

  it('proves nothing for an empty tree, and only equality for a tree that has not grown', () => {
    const [root, other] = [leafHash('a'), leafHash('b')];
    const grows = (older: number, newer: number, olderRoot: Buffer, newerRoot: Buffer, ...path: Buffer[]) =>
      provesConsistency({ older, newer, olderRoot, newerRoot, proof: path });
    expect([grows(0, 0, EMPTY_ROOT, EMPTY_ROOT), grows(0, 1, EMPTY_ROOT, root)]).toEqual([false, false]);
    expect([grows(1, 1, root, root), grows(1, 1, root, other), grows(1, 1, root, root, other)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([grows(2, 1, root, root), grows(1, 2, root, other)]).toEqual([false, false]);
    // the proof of a smaller tree does not hold for a larger one
    expect(provesInclusion({ leaf: 0, size: 1, hash: root, root, proof: [] })).toBe(true);
    expect(provesInclusion({ leaf: 0, size: 2, hash: root, root, proof: [] })).toBe(false);
  });

  it('generates no proof for leaves that do not exist', async () => {
    const subtrees = subtreesOf(LEAVES);
    await expect(inclusionProof(8, 8, subtrees)).rejects.toThrow(RangeError);
    await expect(inclusionProof(-1, 8, subtrees)).rejects.toThrow(RangeError);
    await expect(consistencyProof(8, 7, subtrees)).rejects.toThrow(RangeError);
  });
});

function withFlippedBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}
