import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, NoteSigner, signCheckpoint } from '../../src/libraries/transparency-log/note-signer';
import { NoteVerifier } from '../../src/libraries/transparency-log/note-verifier';
import { type ReceiptProblem, verifyReceipt } from '../../src/modules/audit/verification/receipt-verifier';
import { mth, path } from '../support/naive-tree';

const ORIGIN = 'lethe.audit/test';
const CUSTOMER = '01890a5d-ac96-774b-bcce-b302099a8057';
const KEY = NoteSigner.from(newSigningKey(ORIGIN));
const THIEF = NoteSigner.from(newSigningKey(ORIGIN));
const TRUSTED = [NoteVerifier.from(KEY.verifierKey)];

const FACTS = {
  customerId: CUSTOMER,
  customerNumber: 'K-1',
  anonymizedAt: '2026-11-23T09:00:00.000Z',
  runId: '01890a5d-ac96-774b-bcce-b302099a8058',
  reason: 'ERASURE_REQUEST',
  reference: 'T-4711',
  label: 'Anonymisiert am 23.11.2026 von Administrator',
};
const MODULES = ['finance', 'device', 'loyalty', 'archive', 'customer'] as const;
type Module = (typeof MODULES)[number];
const effectOf = (module: Module) => ({ module, table: `${module}_table`, treatment: 'ERASE', rows: 2 });

/** The log's content for one module. */
const entryOf = (module: Module, changes: object = {}, details: object = {}) => ({
  action: 'CUSTOMER_DATA_ANONYMIZED',
  module,
  customerId: CUSTOMER,
  occurredAt: FACTS.anonymizedAt,
  runId: FACTS.runId,
  details: {
    reason: FACTS.reason,
    reference: FACTS.reference,
    effects: [effectOf(module)],
    ...(module === 'customer' ? { customerNumber: FACTS.customerNumber, label: FACTS.label } : {}),
    ...details,
  },
  ...changes,
});
const ENTRIES: readonly object[] = MODULES.map((module) => entryOf(module));

/** A receipt like those of the product, with entries between two others in the log. */
function receiptOf(entries: readonly object[] = ENTRIES, signer: NoteSigner = KEY) {
  const canonicals = ['{"action":"LOGIN_SUCCEEDED"}', ...entries.map((entry) => JSON.stringify(entry)), '{}'];
  const leaves = canonicals.map((canonical) => Buffer.from(canonical));
  return {
    version: 1,
    ...FACTS,
    effects: MODULES.map(effectOf),
    entries: entries.map((_, index) => ({ sequence: index + 2, canonical: canonicals[index + 1]! })),
    inclusionProofs: entries.map((_, index) => ({
      sequence: index + 2,
      hashes: path(index + 1, leaves).map((hash) => hash.toString('base64')),
    })),
    checkpoint: signCheckpoint({ origin: ORIGIN, size: leaves.length, root: mth(leaves) }, [signer]),
  };
}

const withEntry = (index: number, entry: object) => receiptOf(ENTRIES.with(index, entry));
const receipt = receiptOf();

describe('the receipt verifier', () => {
  it('accepts the entries of the log, even with an erasure repeated after a restore', () => {
    expect(verifyReceipt(receipt, TRUSTED)).toMatchObject({ problem: null, checkpoint: { size: 7 } });
    const repeated = { action: 'ERASURE_REPLAYED', module: 'customer', customerId: CUSTOMER };
    expect(verifyReceipt(receiptOf([...ENTRIES, repeated]), TRUSTED).problem).toBeNull();
    const { label, ...withoutLabel } = receipt;
    expect([label, verifyReceipt(withoutLabel, TRUSTED).problem]).toEqual([FACTS.label, null]);
  });

  it.each<readonly [string, unknown, ReceiptProblem, number | null]>([
    ['nothing', null, 'RECEIPT_MALFORMED', null],
    ['another version', { ...receipt, version: 2 }, 'RECEIPT_MALFORMED', null],
    ['no checkpoint', { ...receipt, checkpoint: undefined }, 'RECEIPT_MALFORMED', null],
    [
      'a sequence that is a string',
      { ...receipt, entries: [{ ...receipt.entries[0], sequence: '2' }] },
      'RECEIPT_MALFORMED',
      null,
    ],
    ['a checkpoint of another key', receiptOf(ENTRIES, THIEF), 'CHECKPOINT_REFUSED', null],
    [
      'a changed entry',
      { ...receipt, entries: receipt.entries.with(1, { ...receipt.entries[1]!, canonical: '{}' }) },
      'PROOF_REFUSED',
      3,
    ],
    ['no proof of an entry', { ...receipt, inclusionProofs: receipt.inclusionProofs.slice(1) }, 'PROOF_REFUSED', 2],
    [
      'the proofs of other entries',
      {
        ...receipt,
        inclusionProofs: receipt.inclusionProofs.map(({ hashes }, index) => ({ hashes, sequence: 6 - index })),
      },
      'PROOF_REFUSED',
      2,
    ],
    [
      'an entry of another customer',
      withEntry(2, entryOf('loyalty', { customerId: 'x' })),
      'ENTRY_OF_SOMETHING_ELSE',
      4,
    ],
    [
      'an entry of another action',
      withEntry(2, entryOf('loyalty', { action: 'LEGAL_HOLD_SET' })),
      'ENTRY_OF_SOMETHING_ELSE',
      4,
    ],
    ['another customer than its entries', { ...receipt, customerId: 'x' }, 'ENTRY_OF_SOMETHING_ELSE', 2],
    ['no entries', { ...receipt, entries: undefined }, 'MODULES_INCOMPLETE', null],
    ['a missing module', receiptOf(ENTRIES.slice(1)), 'MODULES_INCOMPLETE', null],
    ['a module twice', withEntry(2, entryOf('device')), 'MODULES_INCOMPLETE', null],
    [
      'a module in which the erasure was only repeated',
      withEntry(2, entryOf('loyalty', { action: 'ERASURE_REPLAYED' })),
      'MODULES_INCOMPLETE',
      null,
    ],
    [
      'an entry of another day',
      withEntry(2, entryOf('loyalty', { occurredAt: '2020-01-01T00:00:00.000Z' })),
      'FACTS_DIFFER',
      null,
    ],
    ['an entry of another run', withEntry(2, entryOf('loyalty', { runId: 'x' })), 'FACTS_DIFFER', null],
    ['an entry with another reason', withEntry(2, entryOf('loyalty', {}, { reason: 'OTHER' })), 'FACTS_DIFFER', null],
    [
      'an entry with another reference',
      withEntry(2, entryOf('loyalty', {}, { reference: null })),
      'FACTS_DIFFER',
      null,
    ],
    [
      'an entry with another effect',
      withEntry(2, entryOf('loyalty', {}, { effects: [{ ...effectOf('loyalty'), rows: 3 }] })),
      'FACTS_DIFFER',
      null,
    ],
    ['another number', { ...receipt, customerNumber: 'K-2' }, 'FACTS_DIFFER', null],
    ['another day', { ...receipt, anonymizedAt: '2020-01-01T00:00:00.000Z' }, 'FACTS_DIFFER', null],
    ['another run', { ...receipt, runId: 'x' }, 'FACTS_DIFFER', null],
    ['another reason', { ...receipt, reason: 'OTHER' }, 'FACTS_DIFFER', null],
    ['another reference', { ...receipt, reference: null }, 'FACTS_DIFFER', null],
    ['another label', { ...receipt, label: 'Anonymisiert am 01.01.2020 von Administrator' }, 'FACTS_DIFFER', null],
    ['a missing effect', { ...receipt, effects: receipt.effects.slice(1) }, 'FACTS_DIFFER', null],
  ])('refuses %s', (_, changed, problem, sequence) => {
    expect(verifyReceipt(changed, TRUSTED)).toMatchObject({ problem, sequence });
  });

  it('accepts a certificate of an earlier version, whose entries have full effects', () => {
    const file = join(__dirname, 'vectors/certificate-with-full-effects.json');
    const earlier = JSON.parse(readFileSync(file, 'utf8')) as { verifierKeys: string[]; effects: object[] };
    const keys = earlier.verifierKeys.map((key) => NoteVerifier.from(key));
    expect(verifyReceipt(earlier, keys)).toMatchObject({ problem: null });
    expect(verifyReceipt({ ...earlier, effects: earlier.effects.slice(1) }, keys).problem).toBe('FACTS_DIFFER');
  });

  describe('of entries that count by table', () => {
    const treatments = MODULES.map((module) => ({ module, table: `${module}_table`, treatment: 'ERASE' }));
    const dataMap = createHash('sha256').update(JSON.stringify(treatments)).digest('hex');
    const mapEntry = (listed: readonly object[] = treatments) => ({
      action: 'DATA_MAP_IN_FORCE',
      customerId: null,
      details: { dataMap, treatments: listed },
    });
    const short = (module: Module, counts: object = { ERASE: 2 }) =>
      entryOf(module, {}, { dataMap, effects: { [`${module}_table`]: counts } });
    const shortEntries = MODULES.map((module) => short(module));
    const verify = (...entries: readonly object[]) => verifyReceipt(receiptOf(entries), TRUSTED);

    it('accepts them with their data map, in any order', () => {
      expect(verify(mapEntry(), ...shortEntries)).toMatchObject({ problem: null });
      expect(verify(...shortEntries, mapEntry())).toMatchObject({ problem: null });
    });

    it.each<readonly [string, readonly object[], ReceiptProblem, number | null]>([
      ['without their data map', shortEntries, 'DATA_MAP_REFUSED', 2],
      ['with a data map that differs from its digest', [mapEntry([]), ...shortEntries], 'DATA_MAP_REFUSED', 2],
      [
        'with another data map',
        [
          mapEntry(),
          ...shortEntries.with(1, entryOf('device', {}, { dataMap: 'x', effects: { device_table: { ERASE: 2 } } })),
        ],
        'DATA_MAP_REFUSED',
        4,
      ],
      [
        'with an effect that the data map lacks',
        [mapEntry(), ...shortEntries.with(2, short('loyalty', { ERASE: 2, KEEP: 1 }))],
        'DATA_MAP_REFUSED',
        5,
      ],
      [
        'with another number of rows',
        [mapEntry(), ...shortEntries.with(2, short('loyalty', { ERASE: 3 }))],
        'FACTS_DIFFER',
        null,
      ],
    ])('refuses them %s', (_, entries, problem, sequence) => {
      expect(verify(...entries)).toMatchObject({ problem, sequence });
    });
  });
});
