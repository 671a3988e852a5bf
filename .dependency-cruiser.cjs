/**
 * The borders of architecture.md, section 2: arrows point one way. `npm run borders` shows violations, test/architecture/borders.spec.ts fails on them.
 * A new module gets its place here first.
 */

/** Every module with the modules it may import, all of them through their index.ts. What stands further down may use what stands further up. */
const audit = ['audit'];
const records = ['audit', 'data-map', 'employee', 'branch', 'records'];
// Whoever writes a customer's records locks the customer first (domain section 7), and the lock belongs to the customer module.
const participant = [...records, 'customer'];
const participants = ['customer', 'archive', 'finance', 'device', 'loyalty', 'selection'];
const allRecords = [...records, ...participants];

const MAY_IMPORT = {
  audit: [],
  'data-map': audit,
  employee: audit,
  branch: audit,
  records: [],
  health: audit,
  metrics: audit,
  customer: records,
  archive: participant,
  finance: [...participant, 'archive'], // sealed copies are archive documents
  device: [...participant, 'archive'],
  loyalty: participant,
  selection: participant,
  anonymization: allRecords,
  runs: ['anonymization', 'audit', 'customer', 'employee'],
  certificates: ['anonymization', 'audit'],
  worklist: ['anonymization'],
  'erasure-upkeep': ['audit', 'data-map', 'runs'], // it cleans up after runs
  merge: allRecords,
  replay: [...allRecords, 'anonymization', 'erasure-upkeep', 'merge', 'runs'],
  import: allRecords,
  reporting: allRecords,
  'mail-merge': allRecords,
  'personal-data': allRecords,
};

const names = Object.keys(MAY_IMPORT);
const anyOf = (parts) => `(?:${parts.join('|')})`;

const directions = names.map((name) => ({
  name: `${name}-looks-one-way`,
  comment: `The module ${name} may import ${MAY_IMPORT[name].join(', ') || 'no other module'}.`,
  severity: 'error',
  from: { path: `^src/modules/${name}/` },
  to: { path: '^src/modules/[^/]+/', pathNot: `^src/modules/${anyOf([name, ...MAY_IMPORT[name]])}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'kernel-is-pure',
      comment:
        'The words every module shares: no framework, no SQL, not even Node. Types of the libraries are words, too.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { pathNot: '^src/(?:kernel|libraries)/' },
    },
    {
      name: 'libraries-stand-alone',
      comment: 'A library knows nothing of the product and could be published on its own.',
      severity: 'error',
      from: { path: '^src/libraries/([^/]+)/' },
      to: { path: '^(?:src|migrations)/', pathNot: '^src/libraries/$1/' },
    },
    {
      name: 'libraries-are-used-by-their-index',
      comment: 'What a library exports stands in its index.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/libraries/' },
      to: { path: '^src/libraries/[^/]+/', pathNot: '^src/libraries/[^/]+/index[.]ts$' },
    },
    {
      name: 'platform-knows-no-business',
      comment:
        'Technology without a business word: kernel and libraries. The migrations are run, not known, by migrate.ts.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^(?:src|migrations)/', pathNot: ['^src/(?:platform|kernel|libraries)/', '^migrations/index[.]ts$'] },
    },
    {
      name: 'migrations-only-from-migrate',
      comment: 'The schema is brought up to date in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/database/migrate[.]ts$' },
      to: { path: '^migrations/' },
    },
    {
      name: 'modules-meet-at-the-index',
      comment: 'A module imports another only from its index.ts.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index[.]ts$'] },
    },
    {
      name: 'index-is-for-others',
      comment: 'Inside of a module its index.ts would only make cycles.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/$1/index[.]ts$' },
    },
    ...directions,
    {
      name: 'every-module-has-a-place',
      comment: 'A new module says in .dependency-cruiser.cjs what it may import.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/', pathNot: `^src/modules/${anyOf(names)}/` },
      to: {},
    },
    {
      name: 'nobody-looks-up',
      comment: 'Only programs put the product together.',
      severity: 'error',
      from: { path: '^src/(?:kernel|libraries|platform|modules|demo)/' },
      to: { path: ['^src/[^/]+$', '^src/(?:app|cli)/'] },
    },
    {
      name: 'demo-stands-alone',
      comment: 'The demo data is made from kernel words and written as an import folder; the product does not need it.',
      severity: 'error',
      from: { path: '^src/demo/' },
      to: { path: '^(?:src|migrations)/', pathNot: '^src/(?:demo|kernel|libraries)/' },
    },
    {
      name: 'demo-only-from-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(?:demo|cli)/' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      from: { path: '^(?:src|migrations)/' },
      to: { path: '^(?:test|bench)/' },
    },
    {
      name: 'only-shipped-packages',
      comment:
        'What the product imports stands among the dependencies of package.json, not among those for development.',
      severity: 'error',
      from: { path: '^(?:src|migrations)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
