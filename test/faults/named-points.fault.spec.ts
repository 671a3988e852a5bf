import { Scenario } from './support/scenario';
import {
  CLAIM,
  COMMIT,
  COMPLETION,
  CUSTOMERS_THEMSELVES,
  FISCAL_COPY,
  ITEMS,
  LOCK,
  REDACTION,
  STEP,
} from './support/statements';
import type { Point } from './support/wire-proxy';

const CUSTOMERS = 20;
const MODULES = ['finance', 'device', 'loyalty', 'archive', 'customer'];

const STEPS = { statement: STEP, inTransactionWith: LOCK };

/** Points in the transaction that claims, locks, checks, erases, audits and finishes a batch. */
const POINTS: Readonly<Record<string, Point>> = {
  'before the claim': { statement: CLAIM, moment: 'BEFORE' },
  'during the claim': { statement: CLAIM, moment: 'SENT' },
  'after the claim': { statement: CLAIM, moment: 'ANSWERED' },
  'before the lock of the customers': { statement: LOCK, moment: 'BEFORE' },
  'during the lock of the customers': { statement: LOCK, moment: 'SENT' },
  'after the lock of the customers': { statement: LOCK, moment: 'ANSWERED' },
  'between the validation and the first write': { statement: FISCAL_COPY, moment: 'BEFORE' },
  'during the redaction': { statement: REDACTION, moment: 'SENT' },
  ...Object.fromEntries(
    MODULES.flatMap((module, index): [string, Point][] => [
      [`before the writes and entries of ${module}`, { ...STEPS, moment: 'BEFORE', nth: index + 1 }],
      [`during the writes and entries of ${module}`, { ...STEPS, moment: 'SENT', nth: index + 1 }],
      [`after the writes and entries of ${module}`, { ...STEPS, moment: 'ANSWERED', nth: index + 1 }],
    ]),
  ),
  'before the customers’ own rows': { statement: CUSTOMERS_THEMSELVES, moment: 'BEFORE' },
  'after the customers’ own rows': { statement: CUSTOMERS_THEMSELVES, moment: 'ANSWERED' },
  'after the items are finished': { statement: ITEMS, inTransactionWith: STEP, moment: 'ANSWERED' },
  'before the commit': { statement: COMMIT, inTransactionWith: ITEMS, moment: 'BEFORE' },
  'with the commit sent': { statement: COMMIT, inTransactionWith: ITEMS, moment: 'SENT' },
  'with the commit returned': { statement: COMMIT, inTransactionWith: ITEMS, moment: 'ANSWERED' },
  'before the run is completed': { statement: COMPLETION, moment: 'BEFORE' },
  'with the run’s completion sent': {
    statement: COMMIT,
    inTransactionWith: COMPLETION,
    moment: 'SENT',
  },
};

/** Kills after which the batch may be committed or not, until the server notices that its client is gone. */
const COMMITTED = /commit (sent|returned)|completed|completion/;

describe('SIGKILL of a worker at every point of an anonymization', () => {
  let scenario: Scenario;
  const runIds: string[] = [];

  beforeAll(async () => {
    scenario = await Scenario.prepare();
  });
  afterAll(() => scenario?.dispose());

  it.each(Object.entries(POINTS))('%s', async (name, point) => {
    const runId = await scenario.run(await scenario.customers(CUSTOMERS));
    runIds.push(runId);
    const killed = scenario.worker({ lanes: 1 });
    await scenario.proxy.at(point, (wire) => {
      killed.kill();
      wire.cut();
    });
    expect(await killed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await scenario.withoutWorkers();
    expect(await scenario.counts(runId)).toEqual(
      COMMITTED.test(name) ? { ANONYMIZED: CUSTOMERS } : { READY: CUSTOMERS },
    );

    const next = scenario.worker({ lanes: 1 });
    await scenario.untilOver(runId);
    expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS });
    expect(await scenario.checker.findings(runIds)).toEqual([]);
    next.kill();
    await next.exited;
  });
});
