/**
 * The rules for imports (docs/architecture.md#modules). `npm run borders` shows violations, and
 * test/architecture/borders.spec.ts fails on them. Declare a new module here first.
 */

/** The modules that each module may import, through their index.ts. A module may only import modules above it. */
const audit = ['audit'];
const records = ['audit', 'data-map', 'employee', 'records', 'branch'];
// A module that writes a customer's records locks the customer first, with a function of the customer module.
const participant = [...records, 'customer'];
const participants = ['customer', 'archive', 'finance', 'device', 'loyalty', 'selection'];
const allRecords = [...records, ...participants];

const MAY_IMPORT = {
  audit: [],
  'data-map': audit,
  employee: audit,
  records: [],
  branch: ['records'],
  health: audit,
  customer: records,
  archive: participant,
  finance: [...participant, 'archive'], // sealed copies are archive documents
  device: [...participant, 'archive'],
  loyalty: participant,
  selection: participant,
  anonymization: allRecords,
  runs: ['anonymization', 'audit', 'customer', 'employee', 'selection'],
  metrics: ['audit', 'runs'],
  certificates: ['anonymization', 'audit', 'customer'],
  worklist: ['anonymization', 'customer', 'runs'],
  'erasure-upkeep': ['audit', 'customer', 'data-map', 'runs'], // cleans up after runs
  // the owners of all other records declare on their entities what a merge does
  merge: ['archive', 'audit', 'customer', 'data-map', 'runs', 'selection'],
  replay: [...allRecords, 'anonymization', 'erasure-upkeep', 'merge', 'runs'],
  import: allRecords,
  reporting: allRecords,
  'mail-merge': allRecords,
  'personal-data': allRecords,
};

const names = Object.keys(MAY_IMPORT);
const anyOf = (parts) => `(?:${parts.join('|')})`;

const directions = names.map((name) => ({
  name: `${name}-imports`,
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
        'The kernel contains the types and constants that all modules share. It may import types of the libraries.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { pathNot: '^src/(?:kernel|libraries)/' },
    },
    {
      name: 'libraries-are-independent',
      comment: 'A library does not depend on the product, and could be published separately.',
      severity: 'error',
      from: { path: '^src/libraries/([^/]+)/' },
      to: { path: '^(?:src|migrations)/', pathNot: '^src/libraries/$1/' },
    },
    {
      name: 'libraries-only-through-index',
      comment: 'Import a library only from its index.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/libraries/' },
      to: { path: '^src/libraries/[^/]+/', pathNot: '^src/libraries/[^/]+/index[.]ts$' },
    },
    {
      name: 'platform-is-generic',
      comment:
        'The platform has no business logic, so it may import only the kernel and the libraries. migrate.ts runs the ' +
        'migrations.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^(?:src|migrations)/', pathNot: ['^src/(?:platform|kernel|libraries)/', '^migrations/index[.]ts$'] },
    },
    {
      name: 'migrations-only-from-migrate',
      comment: 'Only migrate.ts runs migrations.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/database/migrate[.]ts$' },
      to: { path: '^migrations/' },
    },
    {
      name: 'modules-only-through-index',
      comment: 'A module imports another one only from its index.ts.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index[.]ts$'] },
    },
    {
      name: 'no-import-of-own-index',
      comment: 'Importing the index.ts of the own module creates cycles.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/$1/index[.]ts$' },
    },
    ...directions,
    {
      name: 'module-is-declared',
      comment: 'Declare in .dependency-cruiser.cjs what a new module may import.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/', pathNot: `^src/modules/${anyOf(names)}/` },
      to: {},
    },
    {
      name: 'no-import-of-app-or-cli',
      comment: 'Only the programs in src, src/app and src/cli assemble the product.',
      severity: 'error',
      from: { path: '^src/(?:kernel|libraries|platform|modules|demo)/' },
      to: { path: ['^src/[^/]+$', '^src/(?:app|cli)/'] },
    },
    {
      name: 'demo-is-independent',
      comment: 'The demo generator writes an import folder. It uses only the kernel and the libraries.',
      severity: 'error',
      from: { path: '^src/demo/' },
      to: { path: '^(?:src|migrations)/', pathNot: '^src/(?:demo|kernel|libraries)/' },
    },
    {
      name: 'demo-only-from-cli',
      comment: 'Only commands may import the demo generator.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(?:demo|cli)/' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'portal-uses-only-the-api',
      comment: 'The portal uses the types that are generated from docs/openapi.json.',
      severity: 'error',
      from: { path: '^portal/' },
      to: { path: '^(?:src|migrations)/' },
    },
    {
      name: 'no-import-of-portal',
      comment: 'The product serves the built portal as static files.',
      severity: 'error',
      from: { path: '^(?:src|migrations)/' },
      to: { path: '^portal/' },
    },
    {
      name: 'portal-areas-are-independent',
      comment: 'Code that pages of several areas share belongs in ui.',
      severity: 'error',
      from: { path: '^portal/src/pages/([^/]+)/' },
      to: { path: '^portal/src/pages/[^/]+/', pathNot: '^portal/src/pages/$1/' },
    },
    {
      name: 'portal-pages-only-from-routes',
      comment: 'Only shell/pages.tsx imports pages, and loads them lazily.',
      severity: 'error',
      from: { path: '^portal/src/', pathNot: '^portal/src/(?:pages/|shell/pages[.]tsx$)' },
      to: { path: '^portal/src/pages/' },
    },
    {
      name: 'no-import-of-portal-shell',
      comment: 'The shell imports pages, ui and session, not the reverse.',
      severity: 'error',
      from: { path: '^portal/src/(?:pages|ui|session)/' },
      to: { path: ['^portal/src/shell/', '^portal/src/[^/]+$'], pathNot: '[.]d[.]ts$' },
    },
    {
      name: 'portal-api-is-independent',
      comment: 'The API client imports only the generated types.',
      severity: 'error',
      from: { path: '^portal/src/api/' },
      to: { path: '^portal/src/', pathNot: '^portal/src/api/' },
    },
    {
      name: 'portal-words-are-independent',
      comment: 'Files of texts import only each other, and types, which check that no text is missing.',
      severity: 'error',
      from: { path: ['^portal/src/words/', '^portal/src/.+/words(?:[.](?:de|en))?[.]ts$'] },
      to: {
        path: '^portal/src/',
        pathNot: ['/words/', '/words[.](?:de|en)[.]ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      comment: 'Merge files that import each other, or move the shared part to a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      from: { path: '^(?:src|migrations|portal)/' },
      to: { path: '^(?:test|bench)/' },
    },
    {
      name: 'only-shipped-packages',
      comment:
        'The product imports only packages that are in the dependencies of package.json, not in the devDependencies.',
      severity: 'error',
      from: { path: '^(?:src|migrations)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'imports-resolve',
      comment: 'Every import resolves. Vite provides virtual:record-fields; npm run portal:types generates the schema.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:record-fields$', '/schema$'] },
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
