import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import type { LogVerdict } from '../../src/libraries/transparency-log';
import { DataMapReferences } from '../../src/modules/audit/verification/data-map-references';
import { auditEntryOf } from '../support/audit-entry';

const SOUND: LogVerdict = { problem: null, entries: 3, firstBroken: null, checkpoint: null };

describe('references to data maps', () => {
  const treatments = [{ module: 'finance', table: 'invoice', treatment: 'ERASE' }];
  const dataMap = createHash('sha256').update(canonicalize(treatments)).digest('hex');
  const other = auditEntryOf();
  const full = auditEntryOf({ details: { effects: [{ ...treatments[0], rows: 1 }], label: '"dataMap":"x"' } });
  const short = auditEntryOf({ action: 'ERASURE_REAPPLIED', details: { dataMap, effects: { invoice: { ERASE: 1 } } } });
  const inForce = auditEntryOf({ action: 'DATA_MAP_IN_FORCE', details: { dataMap, treatments } });
  const changed = auditEntryOf({ action: 'DATA_MAP_IN_FORCE', details: { dataMap, treatments: [] } });

  const checked = (entries: readonly { canonical: string }[], verdict = SOUND) => {
    const references = new DataMapReferences();
    for (const { canonical } of entries) references.add(canonical);
    return references.checked(verdict);
  };

  it.each([
    ['the data map comes first', [inForce, other, short, short]],
    ['the data map comes later', [short, inForce]],
    ['entries of earlier versions refer to none', [other, full]],
    ['there are no entries', []],
  ])('are sound when %s', (_, entries) => {
    expect(checked(entries)).toBe(SOUND);
  });

  it.each([
    ['no entry holds the data map', [other, short, short], 2],
    ['the data map differs from its digest', [changed, short], 1],
  ])('are missing when %s', (_, entries, sequence) => {
    expect(checked(entries)).toEqual({
      ...SOUND,
      problem: 'REFERENCE_MISSING',
      firstBroken: { from: sequence, to: sequence },
    });
  });

  it('are not reported in addition to another problem', () => {
    const broken = { ...SOUND, problem: 'ROOT_DIFFERS' } as const;
    expect(checked([short], broken)).toBe(broken);
  });
});
