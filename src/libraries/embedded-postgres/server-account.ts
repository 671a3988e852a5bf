import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure';

/** Root's folder for files that the unprivileged account cannot access inside the project. */
export const SHARED_STATE_DIR = '/var/lib/lethe';

const CANDIDATES = ['postgres', 'nobody', 'daemon'];

/**
 * The account that runs PostgreSQL. PostgreSQL refuses to run as root, so root uses an existing unprivileged account;
 * other users keep their own. Accounts are never created.
 */
export class ServerAccount {
  private constructor(private readonly other?: { readonly uid: number; readonly gid: number }) {}

  static current(): ServerAccount {
    if (process.getuid?.() !== 0) return new ServerAccount();
    const rows = readFileSync('/etc/passwd', 'utf8').split('\n');
    const entries = rows.map((row) => row.split(':'));
    for (const candidate of CANDIDATES) {
      const entry = entries.find(([name]) => name === candidate);
      const [uid, gid] = [Number(entry?.[2]), Number(entry?.[3])];
      if (entry && uid !== 0) return new ServerAccount({ uid, gid });
    }
    throw new EmbeddedPostgresFailure(
      'UNPRIVILEGED_USER_MISSING',
      `PostgreSQL does not run as root and none of the users ${CANDIDATES.join(', ')} exists. ` +
        'Start as an ordinary user or set DATABASE_URL.',
    );
  }

  /** The account for spawn options; empty when the process keeps its own. */
  get identity(): { uid?: number; gid?: number } {
    return { ...this.other };
  }

  get isOther(): boolean {
    return this.other !== undefined;
  }

  /** Whether the account may enter the folder and all its parents. */
  canEnter(folder: string): boolean {
    if (!this.other) return true;
    const { uid, gid, mode } = statSync(folder);
    const bit = uid === this.other.uid ? 0o100 : gid === this.other.gid ? 0o010 : 0o001;
    const parent = dirname(folder);
    return (mode & bit) !== 0 && (parent === folder || this.canEnter(parent));
  }

  /** Checks that the account exists, because initdb's own error message is not helpful. */
  assertKnown(): void {
    if (this.other) return;
    try {
      userInfo();
    } catch {
      throw new EmbeddedPostgresFailure(
        'USER_ID_UNKNOWN',
        `User id ${process.getuid?.()} has no entry in /etc/passwd, which PostgreSQL requires. ` +
          'Add one or set DATABASE_URL.',
      );
    }
  }
}
