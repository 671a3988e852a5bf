import { BackOff } from '../../src/platform/background/back-off';
import { type Leadership, LeaderTask } from '../../src/platform/background/leader-task';
import { PeriodicTask, type PeriodicTaskOptions } from '../../src/platform/background/periodic-task';
import { QueueWorker } from '../../src/platform/background/queue-worker';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { Logger } from '../../src/platform/logging/logger';
import { until } from '../support/until';

const NEVER_MS = 60 * 60 * 1000;
const WARNING = 'ARCHIVE_UPKEEP_FAILED';

const logger = new Logger(LetheConfig.from({ LETHE_LOG_LEVEL: 'silent' }));
let health: HealthSignals;
let running: { onApplicationBootstrap(): void; onApplicationShutdown(): Promise<void> }[];

beforeEach(() => {
  health = new HealthSignals();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((task) => task.onApplicationShutdown()));
});

function started<T extends (typeof running)[number]>(task: T): T {
  running.push(task);
  task.onApplicationBootstrap();
  return task;
}

describe('PeriodicTask', () => {
  class TestTask extends PeriodicTask {
    rounds = 0;

    constructor(
      private readonly perform: () => boolean | Promise<boolean>,
      options: Partial<PeriodicTaskOptions> = {},
    ) {
      super({ every: NEVER_MS, failure: 'test_failed', warning: WARNING, ...options }, health, logger);
    }

    protected override async round(): Promise<boolean> {
      this.rounds++;
      return this.perform();
    }
  }

  it('repeats a round after `retryAfter` until it succeeds, then after `every`', async () => {
    const results = [false, false];
    const task = started(new TestTask(() => results.shift() ?? true, { retryAfter: 1 }));
    await until('it has succeeded', () => task.rounds === 3);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(task.rounds).toBe(3);
    task.wake();
    await until('it works when woken', () => task.rounds === 4);
  });

  it('raises its warning when a round throws, and clears it with the next that does not', async () => {
    const task = new TestTask(() => {
      if (task.rounds === 1) throw new Error('broken');
      return false;
    });
    expect([await task.attempt(), health.warnings]).toEqual([false, [WARNING]]);
    expect([await task.attempt(), health.warnings]).toEqual([false, []]);
  });

  it('skips its rounds while there is a fault, unless it is meant for faults', async () => {
    health.fault('LEDGER_LOST');
    const [usual, special] = [new TestTask(() => true), new TestTask(() => true, { duringFaults: true })];
    expect([await usual.attempt(), usual.rounds]).toEqual([false, 0]);
    expect([await special.attempt(), special.rounds]).toEqual([true, 1]);
  });

  it('waits for its round when the product stops, unless the round may be abandoned', async () => {
    let finish!: (isDone: boolean) => void;
    const work = () => new Promise<boolean>((resolve) => (finish = resolve));
    const abandoned = started(new TestTask(work, { abandonedAtStop: true }));
    await until('it works', () => abandoned.rounds === 1);
    await abandoned.onApplicationShutdown();
    const awaited = started(new TestTask(work));
    await until('it works', () => awaited.rounds === 1);
    let hasStopped = false;
    const stop = awaited.onApplicationShutdown().then(() => (hasStopped = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(hasStopped).toBe(false);
    finish(true);
    await stop;
  });

  it('does not begin when the product stops before its first round', async () => {
    const task = started(new TestTask(() => true, { firstAfter: NEVER_MS }));
    await task.onApplicationShutdown();
    expect(task.rounds).toBe(0);
  });
});

describe('QueueWorker', () => {
  class TestWorker extends QueueWorker {
    rounds = 0;

    constructor(
      readonly queue: (() => void)[],
      private readonly lanes = 1,
    ) {
      super({ restMs: NEVER_MS, failure: 'test_failed' }, health, logger);
    }

    protected override get parallel(): number {
      return this.lanes;
    }

    protected override async round(): Promise<boolean> {
      this.rounds++;
      const next = this.queue.shift();
      next?.();
      await Promise.resolve();
      return next !== undefined;
    }
  }

  it('works until the queue is empty, in each lane, and again when woken', async () => {
    const nothing = () => undefined;
    const worker = started(new TestWorker([nothing, nothing, nothing], 2));
    await until('both lanes have found it empty', () => worker.rounds === 5);
    worker.queue.push(nothing);
    worker.wake();
    await until('both have looked again', () => worker.rounds === 8);
  });

  it('misses no wake-up call during a round, and continues after a failed one', async () => {
    const worker = new TestWorker([
      () => {
        worker.wake();
        throw new Error('broken');
      },
    ]);
    started(worker);
    await until('it has tried again', () => worker.rounds === 2);
  });
});

describe('LeaderTask', () => {
  class TestSession {
    isClosed = false;

    constructor(private readonly leads: boolean) {}

    isLeader(): Promise<boolean> {
      return Promise.resolve(this.leads);
    }

    close(): Promise<void> {
      this.isClosed = true;
      return Promise.resolve();
    }
  }

  class TestLeader extends LeaderTask<TestSession> {
    readonly sessions: TestSession[] = [];
    rounds = 0;

    constructor(
      private readonly leads: boolean,
      private readonly lead: () => number = () => NEVER_MS,
    ) {
      super({ failure: 'test_failed', warning: WARNING }, health, logger);
    }

    protected override openSession(): Promise<TestSession> {
      const session = new TestSession(this.leads);
      this.sessions.push(session);
      return Promise.resolve(session);
    }

    protected override takeOver(): Promise<Leadership> {
      const round = () => {
        this.rounds++;
        return Promise.resolve(this.lead());
      };
      return Promise.resolve({ round, close: () => Promise.resolve() });
    }
  }

  it('works as leader, not as candidate, and closes its session', async () => {
    const [leader, candidate] = [started(new TestLeader(true)), started(new TestLeader(false))];
    await until('one leads', () => leader.rounds === 1);
    await Promise.all([leader.onApplicationShutdown(), candidate.onApplicationShutdown()]);
    expect(candidate.rounds).toBe(0);
    expect([...leader.sessions, ...candidate.sessions].map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });

  it('opens a new session after a failure, and warns until a round succeeds', async () => {
    const leader: TestLeader = started(
      new TestLeader(true, () => {
        if (leader.rounds === 1) throw new Error('broken');
        return NEVER_MS;
      }),
    );
    await until('there is a warning', () => health.warnings.includes(WARNING));
    await until('there is none any more', () => health.warnings.length === 0);
    expect(leader.sessions.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('opens no session while there is a fault', async () => {
    health.fault('LEDGER_LOST');
    const leader = started(new TestLeader(true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(leader.sessions).toEqual([]);
  });
});

describe('BackOff', () => {
  it('doubles its pauses up to the maximum, each up to a tenth shorter', () => {
    const backOff = new BackOff(100, 300);
    expect(backOff.isOver).toBe(true);
    for (const pause of [100, 200, 300, 300]) {
      const next = backOff.next();
      expect(next).toBeGreaterThanOrEqual(pause * 0.9);
      expect(next).toBeLessThanOrEqual(pause);
    }
    expect(backOff.isOver).toBe(false);
    backOff.reset();
    expect(backOff.isOver).toBe(true);
    expect(backOff.next()).toBeLessThanOrEqual(100);
  });
});
