import { createReadStream } from 'node:fs';
import type { Ledger } from './ledger';

export const LINE_FEED = 10;

/** Entries that stand in a ledger completely; 0 where there is no ledger. */
export async function sizeOf(ledger: Ledger): Promise<number> {
  const last = (await ledger.files()).at(-1);
  if (last === undefined) return 0;
  let lines = 0;
  for await (const chunk of createReadStream(ledger.file(last)) as AsyncIterable<Buffer>)
    for (const byte of chunk) if (byte === LINE_FEED) lines++;
  return last + lines;
}

/** The checkpoint that was written last; null where there is none. */
export async function lastCheckpointOf(ledger: Ledger): Promise<string | null> {
  let last: string | null = null;
  for await (const note of ledger.checkpoints()) last = note;
  return last;
}
