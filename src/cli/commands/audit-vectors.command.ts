import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { provesConsistency, provesInclusion } from '../../libraries/transparency-log';
import { callerPath } from '../../platform/config/caller-path';
import { defineCommand } from '../define-command';

/** Format of the vectors in the folder `testdata` of transparency-dev/merkle; bytes are base64. */
interface InclusionVector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyVector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const CHECKS: Readonly<Record<string, (vector: InclusionVector & ConsistencyVector) => boolean>> = {
  inclusion: ({ leafIdx, treeSize, root, leafHash, proof }) =>
    provesInclusion({
      leaf: leafIdx,
      size: treeSize,
      hash: bytes(leafHash),
      root: bytes(root),
      proof: (proof ?? []).map(bytes),
    }),
  consistency: ({ size1, size2, root1, root2, proof }) =>
    provesConsistency({
      older: size1,
      newer: size2,
      olderRoot: bytes(root1),
      newerRoot: bytes(root2),
      proof: (proof ?? []).map(bytes),
    }),
};

/**
 * `npm run audit:vectors`: checks the proof vectors of a folder. Exits with 1 when the verifier gives a wrong answer.
 */
async function run(folder: string): Promise<number> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.json')).sort();
  let [right, wrong, leftOut] = [0, 0, 0];
  for (const file of files) {
    const check = CHECKS[file.split(/[\\/]/)[0]!];
    if (check === undefined) {
      leftOut++; // RFC 6962 has no proofs of subtrees
      continue;
    }
    const vector = JSON.parse(await readFile(join(folder, file), 'utf8')) as InclusionVector & ConsistencyVector;
    const isRight = check(vector) !== vector.wantErr;
    if (isRight) right++;
    else wrong++;
    console.log(`${isRight ? 'right' : 'WRONG'}  ${vector.wantErr ? 'refused ' : 'accepted'}  ${file}`);
  }
  console.log(`right: ${right}, wrong: ${wrong}, skipped: ${leftOut}`);
  return wrong === 0 && right > 0 ? 0 : 1;
}

const bytes = (base64: string) => Buffer.from(base64, 'base64');

export const command = defineCommand({
  name: 'audit:vectors',
  usage: ['DIR'],
  purpose: 'Checks the proof verifier with the test vectors of transparency-dev/merkle.',
  operands: [1, 1],
  options: {},
  exitCodes: { 0: 'every result is right', 1: 'a result is wrong, or the folder has no vectors' },
  run: (_, [folder]) => run(callerPath(folder!)),
});
