import fc from 'fast-check';
import { type RandomCustomer, randomCustomer, writeRandomCustomer } from '../support/random-history';
import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';

/** More histories: `LETHE_READY_RUNS=400 LETHE_READY_SEED=7 npm run test:ready`. */
const RUNS = Number(process.env.LETHE_READY_RUNS ?? 12);
const SEED = Number(process.env.LETHE_READY_SEED ?? 20_261_127);
/** In CI, seed and path are printed immediately, because shrinking the history takes minutes. */
const endOnFailure = process.env.LETHE_READY_RUNS === undefined;
const MAX_CUSTOMERS = 8;

/**
 * A customer whom a preview calls READY is anonymized (ADR 21): no proof fails, whatever was typed into any field. A
 * failure prints the seed, the path and the failing history.
 */
describe('a customer whom the preview calls READY', () => {
  let app: TestApp;
  let runs: ManualRuns;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
  });
  afterAll(() => app?.stop());

  const write = async (customers: readonly RandomCustomer[]) => {
    const ids: string[] = [];
    for (const customer of customers) ids.push(await writeRandomCustomer(app.records, customer));
    return ids;
  };
  const numberOf = async (id: string) =>
    (await app.sql.query<{ number: string }>('SELECT customer_number AS number FROM customer WHERE id = $1', [id]))
      .rows[0]!.number;

  it(
    'is anonymized by a run',
    () =>
      fc.assert(
        fc.asyncProperty(fc.array(randomCustomer, { minLength: 1, maxLength: MAX_CUSTOMERS }), async (customers) => {
          const id = await runs.create({ customerIds: await write(customers) });
          await runs.work();
          expect((await runs.get(id)).counts).toMatchObject({ total: customers.length, ready: customers.length });
          await runs.start(id, customers.length);
          await runs.workOff();
          const { body } = await (await app.as('admin')).get(`/api/v1/anonymization-runs/${id}/items?state=FAILED`);
          expect((body as { items: object[] }).items).toEqual([]);
          expect((await runs.get(id)).counts).toMatchObject({ anonymized: customers.length });
        }),
        { seed: SEED, numRuns: RUNS, endOnFailure },
      ),
    60_000 + RUNS * 10_000,
  );

  it(
    'is anonymized alone, with the effects and warnings of the preview',
    () =>
      fc.assert(
        fc.asyncProperty(randomCustomer, async (customer) => {
          const [id] = await write([customer]);
          const admin = await app.as('admin');
          const preview = await admin.post(`/api/v1/customers/${id}/anonymization/preview`);
          expect(preview.body).toMatchObject({ verdict: 'READY', blockers: [] });
          const act = await admin
            .post(`/api/v1/customers/${id}/anonymization`)
            .send({ confirmation: await numberOf(id!), reason: 'ERASURE_REQUEST' });
          expect([act.status, act.body.failureCode, act.body.failure]).toEqual([200, undefined, undefined]);
          expect(inOneOrder(act.body.effects)).toEqual(inOneOrder(preview.body.effects));
        }),
        { seed: SEED, numRuns: RUNS * 4, endOnFailure },
      ),
    60_000 + RUNS * 10_000,
  );
});

const inOneOrder = (effects: readonly object[]) => effects.map((effect) => JSON.stringify(effect)).sort();
