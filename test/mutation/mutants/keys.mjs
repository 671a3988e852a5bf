/** Keys of the database, sessions that prove themselves, and their reports by health. */
const SESSION = 'src/platform/database/session.ts';
const OF_SESSIONS = ['test/integration/sessions.spec.ts'];
const OF_FOLDERS = ['test/unit/key-folder.spec.ts'];

export default {
  specs: ['test/integration/key-fingerprints.spec.ts'],
  mutants: [
    {
      name: 'any key is known',
      file: 'src/platform/keys/key-fingerprints.ts',
      find: `return (await this.recorded(name)) === fingerprint;`,
      replace: `return (await this.recorded(name)) !== null;`,
      tests: 'each dependency of a database is (recorded|required)',
    },
    {
      name: 'a key that is recorded is not known at the next start',
      file: 'src/platform/keys/key-fingerprints.ts',
      find: `return row?.fingerprint ?? null;`,
      replace: `return null;`,
      tests: 'each dependency of a database is recorded',
    },
    {
      name: 'a fingerprint is the key itself',
      file: 'src/platform/keys/key-fingerprints.ts',
      find: "createHmac('sha256', key).update(`lethe key fingerprint v1 ${name}`).digest('base64url')",
      replace: "createHmac('sha256', name).update('') && key.toString('base64url')",
      tests: 'each dependency of a database is recorded',
    },
    {
      name: 'a lost archive key is made anew',
      file: 'src/modules/archive/archive-keys.ts',
      find: `const isNeeded = isRecorded || sample.length > 0;`,
      replace: `const isNeeded = sample.length > 0;`,
      tests: 'each dependency of a database is required',
    },
    {
      name: 'another archive key is used for a database of an earlier version',
      file: 'src/modules/archive/archive-keys.ts',
      find: ` || (sample.length > 0 && !sample.some((stored) => opens(key, stored))))`,
      replace: `)`,
      tests: 'each dependency of a database is required',
    },
    {
      name: 'a lost fiscal seal is made anew',
      file: 'src/modules/archive/crypto/bound-seal.ts',
      find: `  if (known !== null && configured === null && !isInFolder) throw changed(known, null);\n`,
      replace: '',
      tests: 'each dependency of a database is required',
    },
    {
      name: 'another fiscal seal is used without a word',
      file: 'src/modules/archive/crypto/bound-seal.ts',
      find: `if (known !== null && known !== seal.recipient) throw`,
      replace: `if (known === seal.recipient) throw`,
      tests: 'each dependency of a database the fiscal seal',
    },
    {
      name: 'contents that are missing in the archive folder are no warning',
      file: 'src/modules/archive/purge/archive-sample.ts',
      find: `['DOCUMENT_CONTENT_MISSING', 'DOCUMENT_CONTENT_DAMAGED', 'DATA_KEY_REFUSED']`,
      replace: `['DOCUMENT_CONTENT_DAMAGED', 'DATA_KEY_REFUSED']`,
      tests: 'each dependency of a database is checked',
    },
    {
      name: 'contents of another database are taken for sound',
      file: 'src/modules/archive/purge/archive-sample.ts',
      find: `['DOCUMENT_CONTENT_MISSING', 'DOCUMENT_CONTENT_DAMAGED', 'DATA_KEY_REFUSED']`,
      replace: `['DOCUMENT_CONTENT_MISSING']`,
      tests: 'each dependency of a database is checked',
    },
    {
      name: 'a setting that was refused is not noticed',
      file: SESSION,
      find: `    if (proof.settings[setting] !== value) throw`,
      replace: `    if (proof.settings[setting] === undefined) throw`,
      specs: OF_SESSIONS,
      tests: 'a database session in',
    },
    {
      name: 'dates are read in the database’s own form',
      file: SESSION,
      find: `  DateStyle: 'ISO, YMD',\n`,
      replace: '',
      specs: OF_SESSIONS,
      tests: 'a database session has',
    },
    {
      name: 'instants are those of the database’s time zone',
      file: SESSION,
      find: `  TimeZone: 'UTC',\n`,
      replace: '',
      specs: OF_SESSIONS,
      tests: 'a database session has',
    },
    {
      name: 'a session runs at the database’s isolation level',
      file: SESSION,
      find: `  default_transaction_isolation: 'read committed',\n`,
      replace: '',
      specs: OF_SESSIONS,
      tests: 'a database session has',
    },
    {
      name: 'objects of another schema are found first',
      file: SESSION,
      find: `  search_path: 'public',\n`,
      replace: '',
      specs: OF_SESSIONS,
      tests: 'a database session has',
    },
    {
      name: 'a session whose foreign keys are switched off is used',
      file: SESSION,
      find: `{ ...SETTINGS, session_replication_role: 'origin' }`,
      replace: `{ ...SETTINGS }`,
      specs: OF_SESSIONS,
      tests: 'a database session in',
    },
    {
      name: 'a pooler that lends a session for one transaction is accepted',
      file: SESSION,
      find: `if (new Set(seen.flatMap((pids) => [...pids])).size !== clients.length || seen.some(({ size }) => size !== 1))`,
      replace: `if (seen.some(({ size }) => size === 0))`,
      specs: OF_SESSIONS,
      tests: 'a database session that a pooler',
    },
    {
      name: 'a key file that everybody may read is used',
      file: 'src/platform/keys/key-folder.ts',
      find: `OPEN_TO_GROUP_OR_OTHERS = 0o077`,
      replace: `OPEN_TO_GROUP_OR_OTHERS = 0o007`,
      specs: OF_FOLDERS,
    },
    {
      name: 'a key that is too short is used',
      file: 'src/platform/keys/key-folder.ts',
      find: `    if (key.length !== bytes) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return key;
  }

  /** A binary key of exactly \`bytes\` bytes; null`,
      replace: `    if (key.length > bytes) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return key;
  }

  /** A binary key of exactly \`bytes\` bytes; null`,
      specs: OF_FOLDERS,
    },
    {
      name: 'two processes that start at once have two keys',
      file: 'src/platform/keys/key-folder.ts',
      find: `const winner = await this.read(name);`,
      replace: `const winner = content;`,
      specs: OF_FOLDERS,
    },
    {
      name: 'the draft of a key is left in the folder',
      file: 'src/platform/keys/key-folder.ts',
      find: `      await rm(draft, { force: true });\n`,
      replace: '',
      specs: OF_FOLDERS,
    },
    {
      name: 'a key file may be overwritten',
      file: 'src/platform/keys/key-folder.ts',
      find: `open(draft, 'wx', 0o400)`,
      replace: `open(draft, 'wx', 0o600)`,
      specs: OF_FOLDERS,
    },
    {
      name: 'a database of an earlier version does not know its seal',
      file: 'src/modules/archive/crypto/bound-seal.ts',
      find: `recorded ?? (configured === null ? (newest?.recipient ?? null) : null)`,
      replace: `recorded`,
      tests: 'each dependency of a database is required',
    },
    {
      name: 'a session without its role is used',
      file: SESSION,
      find: `if (role !== null && proof.role !== role) throw`,
      replace: `if (role === null && proof.role !== role) throw`,
      specs: OF_SESSIONS,
      tests: 'a database session that',
    },
    {
      name: 'a database that is not UTF-8 is used',
      file: SESSION,
      find: `if (proof.encoding !== 'UTF8') throw`,
      replace: `if (proof.encoding === 'SQL_ASCII') throw`,
      specs: OF_SESSIONS,
      tests: 'a database session of a database',
    },
    {
      name: 'a pooler that lends one session to two clients in turn is accepted',
      file: SESSION,
      find: `new Set(seen.flatMap((pids) => [...pids])).size !== clients.length || seen.some`,
      replace: `seen.some`,
      specs: OF_SESSIONS,
      tests: 'a database session that a pooler',
    },
    {
      name: 'a command does not say that a pooler refused its role',
      file: SESSION,
      find: `if ((error as { code?: string }).code === PROTOCOL_VIOLATION && role !== null)`,
      replace: `if ((error as { code?: string }).code === PROTOCOL_VIOLATION && role === null)`,
      specs: OF_SESSIONS,
      tests: 'a database session that does not',
      judged: 'The connection is refused all the same; the operator reads the words of the pooler in place of ours.',
    },
  ],
};
