const { TestEnvironment } = require('jest-environment-node');

/** Skips what comes after the first failed test of a file: one is enough to notice a mutant. */
module.exports = class extends TestEnvironment {
  hasFailed = false;

  handleTestEvent({ name, describeBlock, test }) {
    // the tests of a failed beforeAll have no test yet, and fail by themselves
    if (test !== undefined && (name === 'test_fn_failure' || name === 'hook_failure')) this.hasFailed = true;
    if (!this.hasFailed) return;
    if (name === 'run_describe_start') describeBlock.mode = 'skip';
    if (name === 'test_start') test.mode = 'skip';
  }
};
