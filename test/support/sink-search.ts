import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CANARIES } from './canary';
import { sightingsOf } from './sightings';

/** Sinks that every application fills; if they are empty after an application ran, the search would prove nothing. */
const NEVER_EMPTY = ['application-log', 'database', 'metrics', 'statements', 'ledger'];

const PIECE_BYTES = 8 * 1024 * 1024;
/** Longer than a canary in its longest form, so that a match across two chunks is found. */
const OVERLAP_BYTES = 256;

/** Throws when a sink contains a canary, or when the sinks are empty although an application ran. */
export function searchSinks(folder: string): void {
  const files = readdirSync(folder).sort();
  const missing = files.some((file) => file.startsWith('applications-'))
    ? NEVER_EMPTY.filter((sink) => !files.some((file) => file.startsWith(`${sink}-`) && sizeOf(folder, file) > 0))
    : [];
  const found = files.flatMap((file) => sightingsIn(join(folder, file)).map((sighting) => `${file}: ${sighting}`));
  const problems = [...missing.map((sink) => `${sink}: nothing was written down`), ...found];
  if (problems.length > 0) throw new Error(`Personal values leaked (${folder}):\n${problems.join('\n')}`);
}

const sizeOf = (folder: string, file: string): number => statSync(join(folder, file)).size;

/** Reads bytes as Latin-1, so that UTF-16 is found as well. */
function sightingsIn(path: string): string[] {
  const seen = new Set<string>();
  const descriptor = openSync(path, 'r');
  const piece = Buffer.alloc(PIECE_BYTES);
  for (let at = 0, length = PIECE_BYTES; length === PIECE_BYTES; at += PIECE_BYTES - OVERLAP_BYTES) {
    length = readSync(descriptor, piece, 0, PIECE_BYTES, at);
    for (const sighting of sightingsOf(CANARIES, piece.toString('latin1', 0, length))) seen.add(sighting);
  }
  closeSync(descriptor);
  return [...seen];
}
