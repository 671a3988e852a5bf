import { createHash, randomBytes } from 'node:crypto';
import { DomainError } from '../../../kernel/domain-error';
import { KeyFingerprints, type QueryRows } from '../../../platform/keys/key-fingerprints';
import type { KeyFolder } from '../../../platform/keys/key-folder';
import {
  newSigningKey,
  NoteSigner,
  NoteVerifier,
  openCheckpoint,
  SIGNING_KEY,
  VERIFIER_KEY,
} from '../../../libraries/transparency-log';

/** The log's first verifier key, which is kept for ever, identifies the log. */
const LOG_NAME = 'audit-log';
const VERIFIER_FILE = /^audit-log-(\d+)\.verifier$/;

/**
 * The keys of the log, in the keys folder and never in the database: `audit-log-1.key` signs checkpoints, and
 * `audit-log-1.verifier` is its public half. A rotation adds the next number. While an older key file exists, it signs
 * as well, so that verifiers with only the older public key keep working. A verifier is kept for ever, for the
 * checkpoints of its time.
 */
export class LogKeys {
  private constructor(
    readonly signers: readonly NoteSigner[],
    /** `name+id+key` (https://c2sp.org/signed-note), oldest first */
    readonly verifierKeys: readonly string[],
  ) {}

  /**
   * Opens the keys of the database's log. Creates the first key only for an empty log.
   *
   * @throws DomainError `AUDIT_KEY_DIFFERS` when the keys are lost or belong to another log; as {@link open}
   */
  static async openFor(folder: KeyFolder, query: QueryRows): Promise<LogKeys> {
    const fingerprints = new KeyFingerprints(query);
    const recorded = await fingerprints.recorded(LOG_NAME);
    const [newest] = await query<{ note: string }>('SELECT note FROM audit.checkpoint ORDER BY size DESC LIMIT 1');
    const isNeeded = recorded !== null || newest !== undefined;
    if (isNeeded && (await numbersIn(folder)).length === 0) throw new DomainError('AUDIT_KEY_DIFFERS');
    const keys = await LogKeys.open(folder);
    if (recorded === null && newest !== undefined && openCheckpoint(newest.note, keys.verifiers) === null)
      throw new DomainError('AUDIT_KEY_DIFFERS');
    const fingerprint = createHash('sha256').update(keys.verifierKeys[0]!).digest('base64url');
    if (!(await fingerprints.isKnown(LOG_NAME, fingerprint))) throw new DomainError('AUDIT_KEY_DIFFERS');
    return keys;
  }

  /** Opens the keys and creates the first one if there is none. Errors as in {@link KeyFolder}. */
  static async open(folder: KeyFolder): Promise<LogKeys> {
    const numbers = await numbersIn(folder);
    if (numbers.length === 0) {
      await makeKey(folder, 1, `lethe.audit/${randomBytes(6).toString('hex')}`);
      return LogKeys.open(folder);
    }
    const signers: NoteSigner[] = [];
    const verifierKeys: string[] = [];
    for (const number of numbers) {
      const verifierKey = await folder.readText(verifierFile(number));
      if (verifierKey === null || !VERIFIER_KEY.test(verifierKey)) throw malformed(verifierFile(number));
      verifierKeys.push(verifierKey);
      const text = await folder.readText(keyFile(number));
      if (text === null) continue;
      const signer = signerOf(text, keyFile(number));
      if (signer.verifierKey !== verifierKey) throw malformed(keyFile(number));
      signers.push(signer);
    }
    if (signers.length === 0) throw new DomainError('AUDIT_KEY_MISSING');
    return new LogKeys(signers, verifierKeys);
  }

  /** Adds a key. Running processes keep using the keys that they have loaded. */
  static async rotate(folder: KeyFolder): Promise<LogKeys> {
    const { origin } = await LogKeys.open(folder);
    await makeKey(folder, (await numbersIn(folder)).at(-1)! + 1, origin);
    return LogKeys.open(folder);
  }

  /** The log's own name, shared by all of its keys. */
  get origin(): string {
    return this.signers[0]!.name;
  }

  get verifiers(): NoteVerifier[] {
    return this.verifierKeys.map((key) => NoteVerifier.from(key));
  }
}

/** Writes the private half first: a verifier without it would be taken for a retired key. */
async function makeKey(folder: KeyFolder, number: number, name: string): Promise<void> {
  const text = await folder.readOrCreateText(keyFile(number), SIGNING_KEY, () => newSigningKey(name));
  await folder.readOrCreateText(verifierFile(number), VERIFIER_KEY, () => signerOf(text, keyFile(number)).verifierKey);
}

async function numbersIn(folder: KeyFolder): Promise<number[]> {
  const numbers = (await folder.names()).flatMap((name) => VERIFIER_FILE.exec(name)?.[1] ?? []).map(Number);
  return numbers.sort((one, other) => one - other);
}

function signerOf(text: string, file: string): NoteSigner {
  try {
    return NoteSigner.from(text);
  } catch {
    throw malformed(file);
  }
}

const malformed = (file: string) => new DomainError('KEY_FILE_MALFORMED', { file });
const keyFile = (number: number) => `audit-log-${number}.key`;
const verifierFile = (number: number) => `audit-log-${number}.verifier`;
