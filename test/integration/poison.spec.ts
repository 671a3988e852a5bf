import { RunQueue } from '../../src/modules/runs/execution/run-queue';
import { DataMap } from '../../src/modules/data-map';
import { anonymizedResidue } from '../support/anonymized-residue';
import { Population } from '../support/customer-rows';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';

const BATCH_SIZE = 250;

const mockLogLines: string[] = [];
jest.mock('pino', () => {
  const actual = jest.requireActual<typeof import('pino')>('pino');
  const toLines = { write: (line: string) => mockLogLines.push(line) };
  return { ...actual, pino: Object.assign((options: object) => actual.pino(options, toLines), actual.pino) };
});

interface Poison {
  readonly name: string;
  readonly size: number;
  readonly position: (size: number) => number;
  /** statements by which a superuser makes the database refuse this one customer's new values */
  readonly statements: (customerId: string) => readonly string[];
}

/** Each error message or its details contain old values, as those of PostgreSQL itself do. */
const POISONS: readonly Poison[] = [
  {
    name: 'a check constraint on a rewritten row, the first of 1,000',
    size: 1_000,
    position: () => 0,
    statements: (id) => [
      `ALTER TABLE invoice ADD CONSTRAINT poison CHECK (customer_id <> '${id}' OR recipient_address IS NOT NULL)`,
    ],
  },
  {
    name: 'a foreign key on an erased row, in the middle of 50',
    size: 50,
    position: (size) => size / 2,
    statements: (id) => [
      `CREATE TABLE foreign_program (card_number text REFERENCES customer_card (number))`,
      `INSERT INTO foreign_program SELECT number FROM customer_card WHERE customer_id = '${id}'`,
    ],
  },
  {
    name: 'a trigger on the customer’s own row, in the last step, the last of 50',
    size: 50,
    position: (size) => size - 1,
    statements: (id) => [
      `CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'name % is still needed', OLD.first_name
          USING ERRCODE = '23514', DETAIL = OLD::text, HINT = OLD.email, CONSTRAINT = 'poison';
      END $$`,
      `CREATE TRIGGER poison BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.id = '${id}') EXECUTE FUNCTION poison()`,
    ],
  },
];

/** Sizes of the batches that contain the customer at the position, from the whole batch to the customer alone. */
function halvesOf(size: number, position: number): number[] {
  if (size === 1) return [1];
  const first = Math.ceil(size / 2);
  return [size, ...(position < first ? halvesOf(first, position) : halvesOf(size - first, position - first))];
}

/** Removes repeated sizes, because a batch that met a deadlock with another one is retried unchanged. */
const withoutRepetitions = (sizes: readonly number[]): number[] =>
  sizes.filter((size, index) => size !== sizes[index - 1]);

describe.each(POISONS)('a run with one customer whom the database refuses: $name', ({ size, position, statements }) => {
  let app: TestApp;
  let population: Population;
  let poisoned: string;
  let runId: string;
  let counts: Readonly<Record<string, number>>;
  let before: string;
  let batches: jest.SpyInstance;

  beforeAll(async () => {
    mockLogLines.length = 0;
    app = await TestApp.start({ LETHE_LOG_LEVEL: 'debug' });
    population = await Population.of(app.sql, app.nest.get(DataMap).allCustomerTables);
    const customerIds = await population.customers(size);
    await population.fill(customerIds);
    poisoned = customerIds[position(size)]!;
    for (const statement of statements(poisoned)) await app.sql.query(statement);
    before = await everythingOf(poisoned);
    const queue = app.nest.get(RunQueue);
    const claimBatch = queue.claimBatch.bind(queue);
    jest.spyOn(queue, 'claimBatch').mockImplementation((run) => claimBatch(run, BATCH_SIZE));
    batches = jest.spyOn(queue, 'anonymizeBatch');
    const admin = await app.as('admin');
    runId = (await admin.post('/api/v1/anonymization-runs').send({ customerIds }).expect(202)).body.id;
    await finishedRun(admin, runId, 'PREVIEWED');
    const order = { confirmation: size, reason: 'ERASURE_REQUEST', reference: 'T-1' };
    await admin.post(`/api/v1/anonymization-runs/${runId}/start`).send(order).expect(202);
    counts = (await finishedRun(admin, runId, 'COMPLETED')).counts;
  });
  afterAll(() => app?.stop());

  it('anonymizes all the others', async () => {
    expect(counts).toMatchObject({ total: size, anonymized: size - 1, failed: 1 });
    expect(await anonymizedResidue(app.sql, app.nest.get(DataMap), population.names)).toEqual([]);
    const { rows } = await app.sql.query('SELECT id FROM customer WHERE anonymized_at IS NULL');
    expect(rows).toEqual([{ id: poisoned }]);
  });

  it('finds the customer by halving its batch, once', () => {
    const tried = batches.mock.calls.map(([, claimed]) => claimed as readonly string[]);
    const withThePoisoned = tried.filter((claimed) => claimed.includes(poisoned)).map(({ length }) => length);
    expect(withoutRepetitions(withThePoisoned)).toEqual(halvesOf(Math.min(size, BATCH_SIZE), position(size)));
  });

  it('leaves the customer unchanged', async () => {
    expect(await everythingOf(poisoned)).toBe(before);
  });

  it('reports the reason in the item and in the log', async () => {
    const admin = await app.as('admin');
    const { body } = await admin.get(`/api/v1/anonymization-runs/${runId}/items?state=FAILED`).expect(200);
    expect(body.items).toEqual([
      expect.objectContaining({ customerId: poisoned, state: 'FAILED', failureCode: 'CONSTRAINT_VIOLATED' }),
    ]);
    const { rows } = await app.sql.query<{ content: object }>(
      `SELECT canonical::jsonb AS content FROM audit.entry WHERE customer_id = $1`,
      [poisoned],
    );
    expect(rows.map(({ content }) => content)).toEqual([
      expect.objectContaining({
        action: 'ANONYMIZATION_FAILED',
        outcome: 'FAILED',
        runId,
        details: { failureCode: 'CONSTRAINT_VIOLATED', reason: 'ERASURE_REQUEST', reference: 'T-1' },
      }),
    ]);
  });

  it('leaks no personal value into a log line, an item or the audit log', async () => {
    const failure = mockLogLines.map((line) => JSON.parse(line)).find(({ event }) => event === 'anonymization_failed');
    expect(failure).toMatchObject({ customerId: poisoned, failureCode: 'CONSTRAINT_VIOLATED' });
    expect(mockLogLines.filter(namesSomebody)).toEqual([]);
    const { rows } = await app.sql.query<{ line: string }>(`
      SELECT i::text AS line FROM anonymization_run_item i UNION ALL SELECT r::text FROM anonymization_run r
      UNION ALL SELECT o::text FROM outbox o UNION ALL SELECT canonical FROM audit.entry`);
    expect(rows.filter(({ line }) => namesSomebody(line))).toEqual([]);
  });

  /** Every personal text of the population matches. */
  const namesSomebody = (line: string) => /(vorname|geheim)\d/i.test(line);

  async function everythingOf(customerId: string): Promise<string> {
    const rows = app.nest
      .get(DataMap)
      .allCustomerTables.flatMap(({ name, rule }) =>
        rule.customerColumns.map(
          (column) => `SELECT '${name}' AS name, t.ctid, t::text FROM ${name} t WHERE t.${column} = $1`,
        ),
      );
    const { rows: lines } = await app.sql.query<{ line: string }>(
      `SELECT r::text AS line FROM (${rows.join(' UNION ALL ')}) AS r WHERE name <> 'relationship' ORDER BY name, ctid`,
      [customerId],
    );
    return lines.map(({ line }) => line).join('\n');
  }
});
