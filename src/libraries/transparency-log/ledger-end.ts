import { createReadStream } from 'node:fs';
import { claimedSize, type Ledger, linesOf, noteOf } from './ledger';

const LINE_FEED = 10;

/** Complete entries in a ledger; 0 without a ledger. */
export async function sizeOf(ledger: Ledger): Promise<number> {
  const last = (await ledger.entrySegments()).at(-1);
  if (last === undefined) return 0;
  return last.first - 1 + Math.min((await linesIn(last.path)).complete, last.end - last.first);
}

/** The newest checkpoint; null without one. */
export async function lastCheckpointOf(ledger: Ledger): Promise<string | null> {
  let last: string | null = null;
  for await (const note of ledger.checkpoints()) last = note;
  return last;
}

/**
 * Counts the lines, torn ones included, that an earlier leader wrote after a later one had taken over. They are
 * evidence and not part of the log.
 */
export async function linesSetAside(ledger: Ledger): Promise<number> {
  let count = 0;
  const segments = (await ledger.segments()).filter(({ end }) => end !== Infinity);
  for (const { kind, path, first, end } of segments)
    if (kind === 'checkpoints')
      for await (const line of linesOf(path)) count += claimedSize(noteOf(line)) >= end ? 1 : 0;
    else {
      const { complete, torn } = await linesIn(path);
      count += Math.max(0, complete - Math.max(0, end - first)) + torn;
    }
  return count;
}

async function linesIn(path: string): Promise<{ readonly complete: number; readonly torn: 0 | 1 }> {
  let [complete, last] = [0, LINE_FEED];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte === LINE_FEED) complete++;
    last = chunk.at(-1) ?? last;
  }
  return { complete, torn: last === LINE_FEED ? 0 : 1 };
}
