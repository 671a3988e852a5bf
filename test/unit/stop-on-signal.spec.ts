import type { Logger } from '../../src/platform/logging/logger';
import { stopOnSignal } from '../../src/app/stop-on-signal';

const PROMISED_MS = 10_000;

describe.each(['SIGTERM', 'SIGINT'])('%s', (signal) => {
  let exit: jest.SpyInstance;
  let failures: unknown[];
  let raise: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    failures = [];
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  function listen(stop: () => Promise<void>): void {
    const once = jest.spyOn(process, 'once').mockReturnValue(process);
    const logger = { event: () => undefined, failure: (_: string, error: unknown) => failures.push(error) };
    stopOnSignal(stop, logger as unknown as Logger);
    raise = once.mock.calls.find(([name]) => name === signal)![1] as () => void;
  }

  it('ends the process with 0 once it has stopped, and not before', async () => {
    let stopped!: () => void;
    listen(() => new Promise((resolve) => (stopped = resolve)));
    raise();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(exit).not.toHaveBeenCalled();
    stopped();
    await jest.advanceTimersByTimeAsync(0);
    expect(exit.mock.calls).toEqual([[0]]);
  });

  it('ends the process with 1 within 10 s if it does not stop', async () => {
    listen(() => new Promise(() => undefined));
    raise();
    await jest.advanceTimersByTimeAsync(PROMISED_MS - 1);
    expect(exit.mock.calls).toEqual([[1]]);
  });

  it('gives a batch in flight, which may wait for a record for 5 s, the time to end', async () => {
    listen(() => new Promise(() => undefined));
    raise();
    await jest.advanceTimersByTimeAsync(8_000);
    expect(exit).not.toHaveBeenCalled();
  });

  it('ends the process with 1 if stopping fails, and reports it', async () => {
    listen(() => Promise.reject(new Error('no')));
    raise();
    await jest.advanceTimersByTimeAsync(0);
    expect(exit.mock.calls).toEqual([[1]]);
    expect(failures).toEqual([new Error('no')]);
  });
});
