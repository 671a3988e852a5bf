import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** An invoice, or another record with a number and a recipient, in a sealed document. */
export interface UnsealedInvoice {
  readonly recipientName: string | null;
  readonly recipientAddress: string | null;
}

/**
 * Decrypts all sealed documents by running `archive:unseal` in a child process.
 *
 * @returns their invoices by number, including other records with the same number
 */
export async function unsealedInvoices(
  dataFolder: string,
  identity: string,
  out: string,
): Promise<ReadonlyMap<string, readonly UnsealedInvoice[]>> {
  const program = join(__dirname, 'run-command.js');
  const child = spawn(process.execPath, [program, 'archive-unseal', '--identity', identity, '--out', out], {
    env: { LETHE_DATA_DIR: dataFolder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [complaints, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number]>]);
  if (exitCode !== 0) throw new Error(`archive:unseal ended with ${exitCode}: ${complaints.trim()}`);
  const documents = await jsonFilesBelow(out);
  return invoicesIn(
    await Promise.all(documents.map(async (path): Promise<unknown> => JSON.parse(await readFile(path, 'utf8')))),
  );
}

/** Invoices in documents of any format, by number. */
export function invoicesIn(documents: unknown): ReadonlyMap<string, readonly UnsealedInvoice[]> {
  const invoices = new Map<string, UnsealedInvoice[]>();
  collect(documents, invoices);
  return invoices;
}

async function jsonFilesBelow(folder: string): Promise<string[]> {
  // the folder does not exist when nothing was sealed
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
}

/** Collects the invoices of a document of any format. An object with a number and a recipient counts as an invoice. */
function collect(value: unknown, invoices: Map<string, UnsealedInvoice[]>): void {
  if (typeof value !== 'object' || value === null) return;
  if (isInvoice(value)) invoices.set(value.number, [...(invoices.get(value.number) ?? []), value]);
  for (const member of Object.values(value)) collect(member, invoices);
}

function isInvoice(value: object): value is UnsealedInvoice & { readonly number: string } {
  return 'number' in value && typeof value.number === 'string' && 'recipientName' in value;
}
