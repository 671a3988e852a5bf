import {
  isIncomplete,
  Ledger,
  linesSetAside,
  type LogProblem,
  type LogVerdict,
  type NoteVerifier,
  verifyLedger,
} from '../../libraries/transparency-log';
import { type ReceiptProblem, verifyReceipt } from '../../modules/audit/verification/receipt-verifier';
import { ErasureReconciliation, type Reconciliation } from '../../modules/audit/verification/erasure-reconciliation';
import { DataMapReferences } from '../../modules/audit/verification/data-map-references';
import { DatabaseLog } from '../../modules/audit/verification/database-log';
import { VERIFICATION_PROVIDERS } from '../../modules/audit/verification/verification.providers';
import { callerPath } from '../../platform/config/caller-path';
import { LetheConfig } from '../../platform/config/lethe-config';
import { openDatabase } from '../../platform/database/database-access';
import { anchorIn, contentOf, trustedKeys } from '../audit-verify-files';
import { defineCommand, WrongUsage } from '../define-command';
import { type Tools, withTools } from '../tools.module';

const MAX_PRINTED_IDS = 20;

const TAMPERED = 1;
const INCOMPLETE = 3;

const LOG_LINES: Readonly<Record<LogProblem, string>> = {
  ENTRY_MISSING: 'An entry is missing.',
  ENTRY_UNPLACED: 'An entry has no sequence, or has lost it.',
  COLUMNS_DIFFER: 'The search columns of an entry differ from its signed text.',
  LEAF_HASH_DIFFERS: 'An entry differs from the one that was signed, or its stored hash was changed.',
  TILE_DIFFERS: 'The stored tree was changed: certificates from it would be invalid. The entries are sound.',
  LEDGER_DIFFERS: 'Database and ledger differ.',
  ROOT_DIFFERS: 'The entries differ from those that were signed.',
  CHECKPOINT_REFUSED: 'A checkpoint is not signed by a trusted key, or belongs to another log.',
  CHECKPOINTS_CONTRADICT: 'Two checkpoints contradict each other.',
  ANCHOR_REFUSED: 'The anchor is not signed by a trusted key, or is not a checkpoint.',
  ANCHOR_CONTRADICTED: 'The anchor was signed for another log.',
  REFERENCE_MISSING: 'An entry refers to a data map that is not in the log, or that differs from its digest.',
  ENTRIES_NOT_THERE:
    'The stored entries are sound, but entries at the end are missing: an older state was restored, or the end was ' +
    'cut off.',
  CHECKPOINT_NOT_THERE: 'There are entries, but no signed checkpoint to check them against.',
  LEDGER_NOT_THERE: 'The ledger is empty or shorter than it was.',
};

const RECEIPT_LINES: Readonly<Record<ReceiptProblem, string>> = {
  RECEIPT_MALFORMED: 'The file is not an erasure certificate.',
  CHECKPOINT_REFUSED: 'The checkpoint of the certificate is not signed by a trusted key.',
  PROOF_REFUSED: 'An entry is not in the signed log.',
  ENTRY_OF_SOMETHING_ELSE: 'An entry is about another customer, or is not an erasure.',
  DATA_MAP_REFUSED: 'The data map of an entry is missing, or differs from its digest.',
  MODULES_INCOMPLETE: 'The certificate lacks the entry of a module.',
  FACTS_DIFFER: 'The certificate contradicts its entries.',
};

interface Parameters {
  readonly ledger?: string;
  readonly receipt?: string;
  readonly key?: string;
  readonly anchor?: string;
}

async function run(parameters: Parameters): Promise<number> {
  const config = LetheConfig.fromEnvironment();
  const keys = await trustedKeys(config.keysFolder, parameters.key);
  if (keys.length === 0) {
    console.log('No trusted key is known. Pass the verifier keys of the log: --key FILE');
    return INCOMPLETE;
  }
  if (parameters.receipt !== undefined) return reportReceipt(await contentOf(parameters.receipt), keys);
  const anchor = parameters.anchor === undefined ? null : await anchorIn(parameters.anchor);
  const isAlone = parameters.ledger !== undefined;
  const ledger = new Ledger(isAlone ? callerPath(parameters.ledger) : config.ledgerFolder);
  const { verdict, reconciliation } = isAlone
    ? { verdict: await verifyWithDataMaps(ledger, keys, anchor), reconciliation: null }
    : await verifyDatabase(config, ledger, keys, anchor);
  const setAside = await linesSetAside(ledger);
  if (setAside > 0) console.log(`set aside: ${setAside} lines of earlier sequencers`);
  return reportLog(verdict) || (reconciliation === null ? 0 : reportReconciliation(reconciliation));
}

async function verifyWithDataMaps(
  ledger: Ledger,
  keys: readonly NoteVerifier[],
  anchor: string | null,
): Promise<LogVerdict> {
  const references = new DataMapReferences();
  return references.checked(await verifyLedger(ledger, keys, anchor, (entry) => references.add(entry)));
}

async function verifyDatabase(
  config: LetheConfig,
  ledger: Ledger,
  keys: readonly NoteVerifier[],
  anchor: string | null,
): Promise<{ readonly verdict: LogVerdict; readonly reconciliation: Reconciliation }> {
  const database = await openDatabase(config, 'attach');
  try {
    const tools: Tools = {
      role: 'lethe_auditor',
      providers: [{ provide: Ledger, useValue: ledger }, ...VERIFICATION_PROVIDERS],
    };
    return await withTools(config, database, tools, async (context) => ({
      verdict: await context.get(DatabaseLog).verify(keys, anchor),
      reconciliation: await context.get(ErasureReconciliation).reconcile(),
    }));
  } finally {
    await database.stop();
  }
}

function reportLog({ problem, entries, firstBroken, checkpoint }: LogVerdict): number {
  console.log(`entries: ${entries}`);
  console.log(
    `signed: ${checkpoint?.size ?? 0}${checkpoint === null ? '' : `, root ${checkpoint.root.toString('base64')}`}`,
  );
  if (problem === null) {
    console.log('The log is sound.');
    return 0;
  }
  if (firstBroken !== null) {
    const { from, to } = firstBroken;
    const name = isIncomplete(problem) ? 'first missing entry' : 'first broken entry';
    console.log(`${name}: ${from}${to === from ? '' : to === null ? ' or later' : ` or later, up to ${to}`}`);
  }
  console.log(`${problem}: ${LOG_LINES[problem]}`);
  return isIncomplete(problem) ? INCOMPLETE : TAMPERED;
}

function reportReconciliation({ unproven, undone }: Reconciliation): number {
  for (const [ids, line] of [
    [unproven, 'anonymized without an entry of every module'],
    [undone, 'not anonymized, although the log says so'],
  ] as const)
    if (ids.length > 0) console.log(`${line}: ${ids.length}, first ${ids.slice(0, MAX_PRINTED_IDS).join(', ')}`);
  if (unproven.length + undone.length === 0) return 0;
  console.log('ERASURE_UNPROVEN: Customers and audit log differ.');
  return TAMPERED;
}

function reportReceipt(text: string, keys: readonly NoteVerifier[]): number {
  const { problem, sequence, checkpoint } = verifyReceipt(parsed(text), keys);
  if (checkpoint !== null) console.log(`signed: ${checkpoint.size}, root ${checkpoint.root.toString('base64')}`);
  if (sequence !== null) console.log(`first broken entry: ${sequence}`);
  console.log(problem === null ? 'The erasure certificate is sound.' : `${problem}: ${RECEIPT_LINES[problem]}`);
  return problem === null ? 0 : TAMPERED;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not a receipt
  }
}

export const command = defineCommand({
  name: 'audit:verify',
  usage: ['[--ledger DIR | --receipt FILE] [--key FILE] [--anchor FILE]'],
  purpose: 'Verifies the audit log in the database and the ledger, a copy of the ledger, or an erasure certificate.',

  options: {
    ledger: { type: 'string', value: 'DIR', purpose: 'verifies only this ledger, without the database' },
    receipt: { type: 'string', value: 'FILE', purpose: 'verifies only this erasure certificate' },
    key: {
      type: 'string',
      value: 'FILE',
      purpose: 'trusted verifier keys, one per line; by default those in the keys folder',
    },
    anchor: {
      type: 'string',
      value: 'FILE',
      purpose: 'a checkpoint that was stored elsewhere; the log must contain it',
    },
  },
  exitCodes: {
    0: 'sound',
    1: 'tampered; the first broken entry is printed',
    2: 'wrong usage, or a file that cannot be read or has the wrong content',
    3: 'sound but incomplete, or no trusted key is known',
  },
  run: async (values) => {
    if (values.receipt !== undefined && (values.ledger ?? values.anchor) !== undefined) throw new WrongUsage();
    return run(values);
  },
});
