const { readFileSync, readdirSync, existsSync } = require('node:fs');
const { join } = require('node:path');

// Jest's own require() cannot load ES modules on Node 20, so every package of "type": "module" is compiled as well.
function moduleTypePackages(root) {
  const names = readdirSync(root).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(root, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return names.filter((name) => {
    const manifest = join(root, name, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
  });
}

const esm = moduleTypePackages(join(__dirname, 'node_modules'));
const swc = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  // faults take minutes each (jest.faults.config.cjs), the portal needs a browser (jest.portal.config.cjs)
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/faults/', '<rootDir>/test/portal/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }],
    '^.+\\.m?js$': [
      '@swc/jest',
      { swcrc: false, jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esm.join('|')})/)`],
  // what the product logs is copied for the search at the end of the run
  moduleNameMapper: { '^pino$': '<rootDir>/test/support/pino-with-copy.ts' },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // one more than two cores: a suite waits for PostgreSQL and child processes a third of its time
  maxWorkers: 3,
  // Node code runs half as fast in a worker that has grown to 2 GB, because modules of earlier suites stay in its heap
  workerIdleMemoryLimit: '700MB',
  // a guard against hanging alone: a busy machine takes many times as long as a quiet one
  testTimeout: 300_000,
};
