const config = require('./jest.config.cjs');

/**
 * Tests that kill processes, stop servers and break connections: `*.fault.spec.ts` take minutes, `*.long.spec.ts` longer.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/faults/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
