/** A command of package.json that runs a program of the product. */
export interface CommandReference {
  /** as in `npm run erasure:scan` */
  readonly command: string;
  /** each way to call it, without the command itself; an architecture test finds them in the program */
  readonly parameters: readonly string[];
  readonly purpose: string;
  /** meaning of each exit code but {@link USUAL_EXIT_CODES} */
  readonly exitCodes: Readonly<Record<number, string>>;
}

/** Exit codes of every command, where its own do not say otherwise. */
export const USUAL_EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'refused or failed; one line on standard error says why',
  2: 'wrong usage; the usage is on standard error',
};

const NO_PARAMETERS = [''];

/** The commands in the order in which an operator meets them. */
export const COMMANDS: readonly CommandReference[] = [
  {
    command: 'demo',
    parameters: NO_PARAMETERS,
    purpose: 'Loads 2,000 fictional customers into an empty database, serves, and prints address and logins.',
    exitCodes: {},
  },
  { command: 'start', parameters: NO_PARAMETERS, purpose: 'Migrates the database and serves.', exitCodes: {} },
  {
    command: 'worker',
    parameters: NO_PARAMETERS,
    purpose: 'Works on runs alongside serving processes.',
    exitCodes: {},
  },
  {
    command: 'import',
    parameters: ['DIR [--update]'],
    purpose: 'Imports a folder of CSV files and documents in one transaction.',
    exitCodes: { 1: 'refused; errors are printed as `file:line: column: code`, and nothing was imported' },
  },
  {
    command: 'rehearse',
    parameters: ['DIR [SELECTION]'],
    purpose: 'Imports a folder into a throw-away database, anonymizes a selection and checks the result.',
    exitCodes: {
      0: 'every check passed',
      1: 'a check failed, or the folder cannot be imported',
      2: 'wrong usage, or the folder has no such selection',
    },
  },
  {
    command: 'anonymize',
    parameters: [
      '--selection NAME --as USERNAME --reason REASON [options]',
      '--selection NAME --as USERNAME --dry-run',
    ],
    purpose: 'Previews and anonymizes the customers of a selection.',
    exitCodes: {
      3: 'some customers failed or were cancelled',
      130: 'interrupted with Ctrl-C; a started run continues',
    },
  },
  {
    command: 'audit:verify',
    parameters: ['[--ledger DIR | --receipt FILE] [--key FILE] [--anchor FILE]'],
    purpose: 'Verifies the audit log in database and ledger, a copy of the ledger, or an erasure certificate.',
    exitCodes: {
      0: 'sound',
      1: 'tampered; the first broken entry is printed',
      2: 'wrong usage, or a file that cannot be read or is not what it should be',
      3: 'sound but incomplete, or no trusted key is known',
    },
  },
  {
    command: 'audit:vectors',
    parameters: ['DIR'],
    purpose: 'Checks the proof verifier against test vectors of transparency-dev/merkle.',
    exitCodes: { 0: 'every answer is right', 1: 'an answer is wrong, or the folder has no vector' },
  },
  {
    command: 'audit:export',
    parameters: ['--rebuild | --repair'],
    purpose: 'Writes a lost ledger, or the damaged end of one, from the database.',
    exitCodes: {},
  },
  {
    command: 'audit:rotate-key',
    parameters: NO_PARAMETERS,
    purpose: 'Adds a key that signs checkpoints from the next start on.',
    exitCodes: {},
  },
  {
    command: 'erasure:replay',
    parameters: ['LEDGER'],
    purpose: 'Repeats the erasures of the ledger in a restored database.',
    exitCodes: { 3: 'done, but conflicts are open' },
  },
  {
    command: 'erasure:resolve',
    parameters: NO_PARAMETERS.concat(
      '--retry',
      '--erase CONFLICT --customer CUSTOMER_NUMBER',
      '--dismiss CONFLICT --reason REASON',
    ),
    purpose: 'Lists and settles the conflicts of a replay.',
    exitCodes: { 0: 'no conflict is open', 3: 'conflicts are open' },
  },
  {
    command: 'erasure:reapply',
    parameters: NO_PARAMETERS,
    purpose: "Applies today's data map to customers who were anonymized under an older one.",
    exitCodes: {},
  },
  {
    command: 'erasure:scan',
    parameters: ['--values FILE [--sample N]'],
    purpose: 'Searches every column and the statistics for values of a file.',
    exitCodes: {
      0: 'no value was found',
      1: 'a value was found, or the search could not be done',
      2: 'wrong usage, or a file that cannot be read',
    },
  },
  {
    command: 'erasure:scrub',
    parameters: ['[--table NAME]'],
    purpose: 'Rewrites the tables of customer records, so that no database file contains erased values.',
    exitCodes: {},
  },
  {
    command: 'archive:unseal',
    parameters: ['--identity FILE [--identity FILE …] --out DIR [--customer NUMBER]'],
    purpose: 'Decrypts sealed documents and sealed copies with the offline identity.',
    exitCodes: {},
  },
  {
    command: 'archive:purge',
    parameters: NO_PARAMETERS,
    purpose: 'Deletes documents of anonymized customers whose retention period has ended.',
    exitCodes: {},
  },
  {
    command: 'keys:rotate',
    parameters: ['seal'],
    purpose: 'Confirms a new fiscal seal.',
    exitCodes: {},
  },
];
