import { Scenario } from './support/scenario';
import { COMMIT, ITEMS, LOCK, REDACTION, STEP } from './support/statements';
import type { Wire } from './support/wire';
import type { Point } from './support/wire-proxy';

const CUSTOMERS = 30;
const SET_COMMIT = { statement: COMMIT, inTransactionWith: ITEMS };
const WRITE = { statement: REDACTION };
const ENTRIES = { statement: STEP, inTransactionWith: LOCK };

interface Fault {
  readonly point: Point;
  readonly act: (wire: Wire) => void;
  readonly customers?: number;
}

/** Network faults at the worst moments of a connection. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'breaks before the commit': { point: { ...SET_COMMIT, moment: 'BEFORE' }, act: (wire) => wire.cut() },
  'breaks right after the commit was sent': { point: { ...SET_COMMIT, moment: 'SENT' }, act: (wire) => wire.cut() },
  'breaks right after the commit of a batch of one was sent': {
    point: { ...SET_COMMIT, moment: 'SENT' },
    act: (wire) => wire.cut(),
    customers: 1,
  },
  'breaks during a batch of one': {
    point: { ...WRITE, moment: 'SENT' },
    act: (wire) => wire.cut(),
    customers: 1,
  },
  'breaks between two statements': { point: { ...WRITE, moment: 'ANSWERED' }, act: (wire) => wire.cut() },
  'breaks within a message to the server': {
    point: { ...ENTRIES, moment: 'BEFORE' },
    act: (wire) => wire.cutRequestInHalf(),
  },
  'breaks within a response': {
    point: { ...WRITE, moment: 'SENT' },
    act: (wire) => wire.cutAnswerInHalf(),
  },
  'breaks within the response to the commit': {
    point: { ...SET_COMMIT, moment: 'SENT' },
    act: (wire) => wire.cutAnswerInHalf(),
  },
  'swallows the commit': { point: { ...SET_COMMIT, moment: 'BEFORE' }, act: (wire) => wire.swallow('toServer') },
  'swallows the response to the commit': {
    point: { ...SET_COMMIT, moment: 'SENT' },
    act: (wire) => wire.swallow('toClient'),
  },
  'swallows a write': { point: { ...WRITE, moment: 'BEFORE' }, act: (wire) => wire.swallow('toServer') },
  'swallows the response to a write': { point: { ...WRITE, moment: 'SENT' }, act: (wire) => wire.swallow('toClient') },
};

/**
 * Statement timeout in milliseconds, set in DATABASE_URL as an operator may do, instead of the product's ten minutes.
 */
const STATEMENT_TIMEOUT_MS = 10_000;

describe('a connection between worker and database that', () => {
  let scenario: Scenario;
  const runIds: string[] = [];

  beforeAll(async () => {
    scenario = await Scenario.prepare();
  });
  afterAll(() => scenario?.dispose());

  it.each(Object.entries(FAULTS))('%s', async (_, { point, act, customers = CUSTOMERS }) => {
    const [, ...customerIds] = await scenario.customers(customers + 1); // each customer is a relative of another
    const runId = await scenario.run(customerIds);
    runIds.push(runId);
    const reached = scenario.proxy.at(point, act);
    const worker = scenario.worker({ lanes: 1, parameters: `?query_timeout=${STATEMENT_TIMEOUT_MS}` });
    await reached;
    await scenario.untilOver(runId);
    expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: customers });
    expect(await scenario.checker.findings(runIds)).toEqual([]);
    expect(await worker.terminate()).toEqual({ code: 0, signal: null });
  });

  it('is slow', async () => {
    const runId = await scenario.run(await scenario.customers(CUSTOMERS));
    runIds.push(runId);
    scenario.proxy.delayRequests(40);
    const worker = scenario.worker();
    await scenario.untilOver(runId);
    scenario.proxy.delayRequests(0);
    expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS });
    expect(await scenario.checker.findings(runIds)).toEqual([]);
    expect(await worker.terminate()).toEqual({ code: 0, signal: null });
  });
});
