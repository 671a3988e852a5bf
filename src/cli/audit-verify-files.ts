import { readFile } from 'node:fs/promises';
import { NoteVerifier } from '../libraries/transparency-log';
import { callerPath } from '../platform/config/caller-path';
import { KeyFolder } from '../platform/keys/key-folder';
import { WrongUsage } from './define-command';

const VERIFIER_FILE = /^audit-log-\d+\.verifier$/;

/** The verifier keys of a file with one key per line; without a file, those of the keys folder, which may be empty. */
export async function trustedKeys(keysFolder: string, file?: string): Promise<NoteVerifier[]> {
  const lines = file === undefined ? await linesInFolder(keysFolder) : (await contentOf(file)).split('\n');
  const keys = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  try {
    return keys.map((key) => NoteVerifier.from(key));
  } catch {
    throw new WrongUsage(`${file ?? keysFolder} has a line that is no verifier key.`);
  }
}

/** The checkpoint in a file: a signed note, a line of the ledger, or a response of the API. */
export async function anchorIn(file: string): Promise<string> {
  const content = await contentOf(file);
  if (!/^["{]/.test(content)) return content;
  try {
    const given = JSON.parse(content) as string | { readonly note?: unknown };
    const note = typeof given === 'string' ? given : given.note;
    if (typeof note === 'string') return note;
  } catch {
    // reported below
  }
  throw new WrongUsage(`${file} holds no checkpoint.`);
}

export async function contentOf(file: string): Promise<string> {
  return readFile(callerPath(file), 'utf8').catch(() => {
    throw new WrongUsage(`${file} cannot be read.`);
  });
}

async function linesInFolder(folder: string): Promise<string[]> {
  const keys = new KeyFolder(folder);
  const names = await keys.names().catch(() => []);
  const found = await Promise.all(names.filter((name) => VERIFIER_FILE.test(name)).map((name) => keys.readText(name)));
  return found.flatMap((text) => text ?? []);
}
