import { DomainError } from '../../../kernel/domain-error';
import { KeyFingerprints, type QueryRows } from '../../../platform/keys/key-fingerprints';
import type { KeyFolder } from '../../../platform/keys/key-folder';
import { FiscalSeal, IDENTITY_FILE, RECIPIENT_FILE } from './fiscal-seal';

/** Name under which the seal is recorded. Its fingerprint is the recipient itself, which is public. */
export const SEAL_NAME = 'fiscal-seal';

/** For a database of an earlier version, the latest envelope identifies the seal. */
const NEWEST_RECIPIENT = 'SELECT recipient FROM fiscal_envelope ORDER BY created_at DESC LIMIT 1';

/**
 * Opens the fiscal seal of the database's documents. Creates a key pair only if the database does not depend on an
 * existing one.
 *
 * @param configured the recipient of `LETHE_FISCAL_SEAL`, or null
 * @throws DomainError `FISCAL_SEAL_CHANGED` for a different or lost seal, until `npm run keys:rotate -- seal` confirms
 *   the change; as {@link FiscalSeal.open}
 */
export async function openBoundSeal(configured: string | null, keys: KeyFolder, query: QueryRows): Promise<FiscalSeal> {
  const fingerprints = new KeyFingerprints(query);
  const recorded = await fingerprints.recorded(SEAL_NAME);
  const [newest] = recorded === null ? await query<{ recipient: string }>(NEWEST_RECIPIENT) : [];
  const known = recorded ?? (configured === null ? (newest?.recipient ?? null) : null);
  const names = await keys.names();
  const isInFolder = names.includes(RECIPIENT_FILE) || names.includes(IDENTITY_FILE);
  if (known !== null && configured === null && !isInFolder) throw changed(known, null);
  const seal = await FiscalSeal.open({ recipient: configured, keys });
  if (known !== null && known !== seal.recipient) throw changed(known, seal.recipient);
  if (await fingerprints.isKnown(SEAL_NAME, seal.recipient)) return seal;
  throw changed(await fingerprints.recorded(SEAL_NAME), seal.recipient);
}

const changed = (known: string | null, recipient: string | null) =>
  new DomainError('FISCAL_SEAL_CHANGED', { known, recipient });
