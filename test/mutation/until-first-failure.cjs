const { TestEnvironment } = require('jest-environment-node');

/** Skips the rest of a file after its first failed test: one is enough to notice a mutant. */
module.exports = class extends TestEnvironment {
  hasFailed = false;

  handleTestEvent({ name, describeBlock, test }) {
    // the hook event of a failed beforeAll has no test yet, and its tests fail by themselves
    if (test !== undefined && (name === 'test_fn_failure' || name === 'hook_failure')) this.hasFailed = true;
    if (!this.hasFailed) return;
    if (name === 'run_describe_start') describeBlock.mode = 'skip';
    if (name === 'test_start') test.mode = 'skip';
  }
};
