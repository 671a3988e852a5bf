import type { Blocker } from '../../src/kernel/blocker';
import { lastClearance } from '../../src/modules/anonymization/preview/last-clearance';

describe('the day on which a customer clears', () => {
  it.each<readonly [string, readonly (string | null)[], string | null]>([
    ['no blocker', [], null],
    ['one day', ['2027-01-01'], '2027-01-01'],
    ['the last of several days', ['2027-01-01', '2028-01-01', '2026-12-31'], '2028-01-01'],
    ['none while an action is required', ['2027-01-01', null], null],
  ])('%s', (_, days, expected) => {
    expect(lastClearance(days.map((clearsOn) => ({ clearsOn }) as Blocker))).toBe(expected);
  });
});
