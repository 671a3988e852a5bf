import {
  type Checkpoint,
  leafHash,
  type NoteVerifier,
  openCheckpoint,
  provesInclusion,
} from '../../../libraries/transparency-log';
import { addDataMap, fullEffects, type KnownDataMaps, type TableTreatment } from '../short-effects';

/** Problem of an erasure certificate. */
export type ReceiptProblem =
  | 'RECEIPT_MALFORMED'
  /** its checkpoint is signed by no trusted key; the keys in the certificate itself prove nothing */
  | 'CHECKPOINT_REFUSED'
  /** an entry is not in the signed log */
  | 'PROOF_REFUSED'
  /** an entry is about another customer, or about something other than an erasure */
  | 'ENTRY_OF_SOMETHING_ELSE'
  /** the data map of an entry is missing, differs from its digest, or lacks an effect of the entry */
  | 'DATA_MAP_REFUSED'
  /** entries of some modules that hold a customer's records are missing or repeated */
  | 'MODULES_INCOMPLETE'
  /** the certificate contradicts its entries */
  | 'FACTS_DIFFER';

export interface ReceiptVerdict {
  readonly problem: ReceiptProblem | null;
  /** sequence of the entry with the problem */
  readonly sequence: number | null;
  readonly checkpoint: Checkpoint | null;
}

type Json = Readonly<Record<string, unknown>>;

const MODULES = ['archive', 'customer', 'device', 'finance', 'loyalty'];
const ANONYMIZED = 'CUSTOMER_DATA_ANONYMIZED';
const ERASURES: readonly unknown[] = [ANONYMIZED, 'ERASURE_REPLAYED', 'ERASURE_REAPPLIED'];

/** Verifies an erasure certificate offline, against trusted keys. */
export function verifyReceipt(receipt: unknown, trusted: readonly NoteVerifier[]): ReceiptVerdict {
  let checkpoint: Checkpoint | null = null;
  const verdict = (problem: ReceiptProblem | null, sequence: number | null = null) => ({
    problem,
    sequence,
    checkpoint,
  });
  if (!isObject(receipt) || receipt.version !== 1 || typeof receipt.checkpoint !== 'string')
    return verdict('RECEIPT_MALFORMED');
  checkpoint = openCheckpoint(receipt.checkpoint, trusted);
  if (checkpoint === null) return verdict('CHECKPOINT_REFUSED');
  const maps = new Map<unknown, readonly TableTreatment[]>();
  const reported: Json[] = [];
  for (const { sequence, canonical } of objects(receipt.entries) ?? []) {
    if (typeof sequence !== 'number' || typeof canonical !== 'string') return verdict('RECEIPT_MALFORMED');
    const proof = objects(receipt.inclusionProofs)?.find((one) => one.sequence === sequence);
    if (!isProven(checkpoint, sequence, canonical, proof?.hashes)) return verdict('PROOF_REFUSED', sequence);
    const entry = JSON.parse(canonical) as Json; // the proof shows that the product wrote it
    if (entry.action === 'DATA_MAP_IN_FORCE') {
      if (!addDataMap(maps, entry.details as Json)) return verdict('DATA_MAP_REFUSED', sequence);
      continue;
    }
    if (entry.customerId !== receipt.customerId || !ERASURES.includes(entry.action))
      return verdict('ENTRY_OF_SOMETHING_ELSE', sequence);
    reported.push({ ...entry, sequence });
  }
  const unexplained = reported.find(({ details }) => fullEffects((details ?? {}) as Json, maps) === null);
  if (unexplained !== undefined) return verdict('DATA_MAP_REFUSED', unexplained.sequence as number);
  const erased = reported.filter(({ action }) => action === ANONYMIZED);
  if (!isSame(erased.map(({ module }) => module).sort(), MODULES)) return verdict('MODULES_INCOMPLETE');
  return verdict(agrees(receipt, erased, maps) ? null : 'FACTS_DIFFER');
}

function isProven({ size, root }: Checkpoint, sequence: number, canonical: string, hashes: unknown): boolean {
  if (!Array.isArray(hashes) || !hashes.every((hash) => typeof hash === 'string')) return false;
  const proof = hashes.map((hash) => Buffer.from(hash, 'base64'));
  return provesInclusion({ leaf: sequence - 1, size, hash: leafHash(canonical), proof, root });
}

/** Whether the certificate's customer, context and effects match its entries. */
function agrees(receipt: Json, entries: readonly Json[], maps: KnownDataMaps): boolean {
  const details = entries.map((entry) => entry.details as Json);
  const ofCustomer = details[entries.findIndex(({ module }) => module === 'customer')]!;
  const effects = details.flatMap((one) => fullEffects(one, maps) ?? []);
  return (
    receipt.customerNumber === ofCustomer.customerNumber &&
    (receipt.label ?? ofCustomer.label) === ofCustomer.label &&
    entries.every(({ occurredAt, runId }) => receipt.anonymizedAt === occurredAt && receipt.runId === runId) &&
    details.every(({ reason, reference }) => receipt.reason === reason && receipt.reference === reference) &&
    isSame(objects(receipt.effects)?.map(sorted).sort(), effects.map(sorted).sort())
  );
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const objects = (value: unknown) => (Array.isArray(value) && value.every(isObject) ? value : null);
const sorted = (value: Json) => JSON.stringify(Object.entries(value).sort());
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
