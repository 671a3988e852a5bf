import { readFile } from 'node:fs/promises';
import { DomainError } from '../../kernel/domain-error';
import { ArchiveUnsealing, type UnsealedCounts, UNSEALING_PROVIDERS } from '../../modules/archive';
import { AuditLog } from '../../modules/audit';
import { callerPath } from '../../platform/config/caller-path';
import { LetheConfig } from '../../platform/config/lethe-config';
import { openForChanges } from '../open-for-changes';
import { defineCommand, WrongUsage } from '../define-command';
import { type Tools, withTools } from '../tools.module';

const TOOLS: Tools = { role: 'lethe_app', providers: [AuditLog, ...UNSEALING_PROVIDERS] };

async function run(identities: readonly string[], out: string, customer: string | null): Promise<undefined> {
  const identityTexts = await Promise.all(identities.map(readIdentity));
  const counts = await unseal(LetheConfig.fromEnvironment(), identityTexts.join('\n'), callerPath(out), customer);
  console.log(`customers: ${counts.customers}`);
  console.log(`documents: ${counts.documents}`);
  return undefined;
}

/** Reads an identity of the fiscal seal. Documents from before a change of the seal need the previous identity. */
const readIdentity = (file: string): Promise<string> =>
  readFile(callerPath(file), 'utf8').catch(() => {
    throw new DomainError('IDENTITY_FILE_UNREADABLE');
  });

async function unseal(
  config: LetheConfig,
  identityText: string,
  out: string,
  customer: string | null,
): Promise<UnsealedCounts> {
  const database = await openForChanges(config);
  try {
    return await withTools(config, database, TOOLS, (tools) =>
      tools.get(ArchiveUnsealing).unseal(identityText, out, customer),
    );
  } finally {
    await database.stop();
  }
}

const OF_FILE_SYSTEM = ['EACCES', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EROFS', 'EISDIR'];

function isOfFileSystem(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && OF_FILE_SYSTEM.includes(code);
}

export const command = defineCommand({
  name: 'archive:unseal',
  usage: ['--identity FILE [--identity FILE …] --out DIR [--customer NUMBER]'],
  purpose: 'Decrypts sealed documents and sealed copies with the offline identity.',

  options: {
    identity: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      purpose: 'an age identity; pass one for each seal that was used',
    },
    out: { type: 'string', value: 'DIR', purpose: 'the output folder' },
    customer: { type: 'string', value: 'NUMBER', purpose: 'decrypts only the documents of this customer' },
  },
  exitCodes: {},
  run: ({ identity, out, customer = null }) => {
    if (identity === undefined || out === undefined) throw new WrongUsage();
    return run(identity, out, customer).catch((error: unknown) => {
      throw isOfFileSystem(error) ? new DomainError('OUT_DIR_UNWRITABLE', {}, error) : error;
    });
  },
});
