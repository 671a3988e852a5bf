const config = require('../../jest.config.cjs');

/** Unit tests only: they need no database. @type {import('jest').Config} */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/unit/**/*.spec.ts'],
  globalSetup: undefined,
  globalTeardown: undefined,
};
