import { EventLoopShare } from '../../src/platform/http/event-loop-share';

const MEGABYTE = 1024 * 1024;

describe('EventLoopShare', () => {
  let share: EventLoopShare;
  let now: number;

  beforeEach(() => {
    now = 1_000_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    share = new EventLoopShare();
  });
  afterEach(() => jest.restoreAllMocks());

  const waits = (count: number, bytes: number, caller = 'a') =>
    Array.from({ length: count }, () => share.take(caller, bytes));

  it('allows the concurrent requests of a page', () => {
    expect(waits(50, 0)).toEqual(Array(50).fill(0));
  });

  it('delays further requests, each by those before it', () => {
    waits(50, 0); // 0.5 ms of work each, and a quarter of the event loop: due after 100 ms
    expect(waits(4, 0)).toEqual([0, 2, 4, 6]);
  });

  it('delays a caller by the size of the previous bodies, and no other caller', () => {
    waits(1, MEGABYTE);
    const [wait] = waits(1, 0) as [number];
    expect(wait).toBeCloseTo(2 + 1024 * 0.28 - 100);
    expect(waits(1, MEGABYTE, 'b')).toEqual([0]);
  });

  it('counts work as paid once it is due', () => {
    waits(1, MEGABYTE);
    now += 2 + 1024 * 0.28 - 100;
    expect(waits(1, 0)).toEqual([0]);
  });

  it('gives no credit for idle time', () => {
    waits(1, 0);
    now += 60_000;
    waits(50, 0);
    expect(waits(2, 0)).toEqual([0, 2]);
  });

  it('refuses a caller who would wait for more than two seconds, without counting the refused request', () => {
    const all = waits(20, MEGABYTE);
    const admitted = all.filter((wait) => wait !== null);
    expect(admitted).toHaveLength(8); // 289 ms each, after a burst of 100 ms
    expect(all.slice(8)).toEqual(Array(12).fill(null));
    now += 289;
    expect(waits(2, MEGABYTE)).toEqual([expect.any(Number), null]);
  });

  it('remembers only callers whose requests are not due yet', () => {
    const accounts = (share as unknown as { dueAt: Map<string, number> }).dueAt;
    for (let caller = 0; caller < 1_000; caller++) {
      share.take(`caller ${caller}`, 0);
      now += 1;
    }
    expect(accounts.size).toBeLessThan(5);
  });
});
