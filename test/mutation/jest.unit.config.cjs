const config = require('../../jest.config.cjs');

/** Unit tests alone: no database is started for them. @type {import('jest').Config} */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/unit/**/*.spec.ts'],
  globalSetup: undefined,
  globalTeardown: undefined,
};
