import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a ledger as earlier versions wrote them: epoch 0. */
export const oldEntryFile = (folder: string) => join(folder, 'entries', '000000000000.jsonl');
export const oldCheckpointFile = (folder: string) => join(folder, 'checkpoints.jsonl');

/** The non-empty segments of one kind, in the order of their names. */
export function segmentFiles(folder: string, kind: 'entries' | 'checkpoints'): string[] {
  const names = readdirSync(join(folder, kind)).sort();
  return names.map((name) => join(folder, kind, name)).filter((path) => readFileSync(path).length > 0);
}

/**
 * Merges the segments of an idle ledger into the files of epoch 0. No leader may have appended to an epoch after a
 * later one started.
 */
export function asOldLedger(folder: string): void {
  const [entries, checkpoints] = (['entries', 'checkpoints'] as const).map((kind) =>
    segmentFiles(folder, kind)
      .map((path) => readFileSync(path, 'utf8'))
      .join(''),
  );
  for (const kind of ['entries', 'checkpoints']) rmSync(join(folder, kind), { recursive: true });
  mkdirSync(join(folder, 'entries'));
  writeFileSync(oldEntryFile(folder), entries!);
  writeFileSync(oldCheckpointFile(folder), checkpoints!);
}
