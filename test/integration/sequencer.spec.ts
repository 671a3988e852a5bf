import { Client } from 'pg';
import { Sequencer } from '../../src/modules/audit/sequencer/sequencer';
import { SequencerSession } from '../../src/modules/audit/sequencer/sequencer-session';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { Logger } from '../../src/platform/logging/logger';
import { TestLog } from '../support/test-log';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { auditEntryOf, writeEntries } from '../support/audit-entry';
import { until } from '../support/until';

const WARNING = 'AUDIT_SEQUENCER_INTERRUPTED';

/** Makes the pauses of the sequencer endless; those of `until` are shorter. */
let mockPausesAreEndless = false;
const mockLongestOfTests = 100;
const mockEndless = 2 ** 31 - 1;
jest.mock('node:timers/promises', () => {
  const timers = jest.requireActual<typeof import('node:timers/promises')>('node:timers/promises');
  return {
    ...timers,
    setTimeout: (milliseconds: number, value?: unknown, options?: object) => {
      const isEndless = mockPausesAreEndless && milliseconds > mockLongestOfTests;
      return timers.setTimeout(isEndless ? mockEndless : milliseconds, value, options);
    },
  };
});

describe('Sequencer', () => {
  let database: TestDatabase;
  let client: Client;
  let log: TestLog;
  let running: Sequencer[];
  const logger = new Logger(LetheConfig.from({ LETHE_LOG_LEVEL: 'silent' }));

  beforeEach(async () => {
    database = await createTestDatabase();
    client = await database.look();
    log = await TestLog.open(database);
    running = [];
  });

  afterEach(async () => {
    mockPausesAreEndless = false;
    await Promise.all(running.map((sequencer) => sequencer.onApplicationShutdown()));
    await log.close();
    await database.drop();
  });

  function start(health = new HealthSignals()): Sequencer {
    const sequencer = new Sequencer(database, health, logger, log.exports(health));
    running.push(sequencer);
    sequencer.onApplicationBootstrap();
    return sequencer;
  }

  async function write(count: number, writer = client): Promise<void> {
    await writeEntries(
      writer,
      Array.from({ length: count }, () => auditEntryOf()),
    );
  }

  const count = async (sql: string): Promise<number> =>
    Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`)).rows[0]!.n);
  const nothingPending = () => until('nothing is pending', async () => (await count('audit.pending')) === 0);
  const sessions = () => count(`pg_stat_activity WHERE usename = 'lethe_sequencer' AND datname = current_database()`);
  const sequences = async () =>
    (await client.query<{ sequence: string; entry_id: string }>('SELECT * FROM audit.position ORDER BY sequence')).rows;
  const gapless = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1));

  it('numbers existing entries from 1, in the order of their ids, in several batches', async () => {
    await write(6_000);
    await write(6_001);
    start();
    await nothingPending();

    const rows = await sequences();
    expect(rows.map(({ sequence }) => sequence)).toEqual(gapless(12_001));
    const ids = rows.map(({ entry_id }) => entry_id);
    expect(ids).toEqual([...ids].sort());
  });

  it('numbers every entry once while many sessions write, also entries that commit late, with two processes', async () => {
    const late = new Client(database.as('lethe_app'));
    await late.connect();
    await late.query('BEGIN');
    await write(10, late);
    start();
    start();
    const writers = await Promise.all(Array.from({ length: 6 }, () => database.look()));
    await Promise.all(
      writers.map(async (writer) => {
        for (let i = 0; i < 50; i++) await write(3, writer);
      }),
    );
    await nothingPending();
    await late.query('COMMIT');
    await late.end();
    await nothingPending();

    const rows = await sequences();
    expect(rows.map(({ sequence }) => sequence)).toEqual(gapless(910));
    expect(new Set(rows.map(({ entry_id }) => entry_id)).size).toBe(910);
    expect(await count('audit.entry')).toBe(910);
  });

  it('continues without a gap after its session was lost', async () => {
    const health = new HealthSignals();
    start(health);
    await write(5);
    await nothingPending();

    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'lethe_sequencer'
      AND datname = current_database()`);
    await until('there is a warning', () => health.warnings.includes(WARNING));
    await write(5);
    await nothingPending();

    expect((await sequences()).map(({ sequence }) => sequence)).toEqual(gapless(10));
    await until('the warning ends', () => !health.warnings.includes(WARNING));
  });

  it('hands over to another process when it stops', async () => {
    const first = start();
    await write(1);
    await nothingPending();
    start();
    await until('both have a session', async () => (await sessions()) === 2);

    await first.onApplicationShutdown();
    await write(1);
    await nothingPending();

    expect((await sequences()).map(({ sequence }) => sequence)).toEqual(['1', '2']);
    expect(await sessions()).toBe(1);
  });

  it('stops without waiting for the end of a pause, and leaves no session open', async () => {
    mockPausesAreEndless = true;
    const leader = start();
    await write(1);
    await nothingPending();
    const candidate = start();
    await until('both have a session', async () => (await sessions()) === 2);

    await candidate.onApplicationShutdown();
    await leader.onApplicationShutdown();
    await until('it has no session', async () => (await sessions()) === 0);
  });

  it('stops while the database is unreachable', async () => {
    const health = new HealthSignals();
    const nowhere = {
      ...database,
      as: () => ({ role: 'lethe_sequencer' as const, host: '127.0.0.1', port: 1, user: 'x', database: 'x' }),
    };
    const sequencer = new Sequencer(nowhere, health, logger, log.exports(health));
    sequencer.onApplicationBootstrap();
    await until('there is a warning', () => health.warnings.includes(WARNING));

    await sequencer.onApplicationShutdown();
  });

  it('assigns no sequence after one whose leaf is missing from the tree', async () => {
    const session = await SequencerSession.open(database.as('lethe_sequencer'));
    try {
      await write(2);
      await session.sequenceBatch();
      await write(2);
      await client.query(`
        WITH taken AS (DELETE FROM audit.pending WHERE entry_id = (SELECT min(entry_id::text)::uuid FROM audit.pending)
          RETURNING entry_id)
        INSERT INTO audit.position (sequence, entry_id) SELECT 3, entry_id FROM taken`);
      await expect(session.sequenceBatch()).rejects.toMatchObject({ code: 'AUDIT_TREE_INCOMPLETE' });
      expect(await count('audit.pending')).toBe(1);
      // it reloads the tree and continues after it
      expect((await session.sequenceBatch()).before).toBe(3);
    } finally {
      await session.close();
    }
    expect((await sequences()).map(({ sequence }) => sequence)).toEqual(gapless(4));
  });

  it('cannot change an entry or a position', async () => {
    start();
    await write(1);
    await nothingPending();
    const session = new Client(database.as('lethe_sequencer'));
    await session.connect();
    for (const statement of [
      'UPDATE audit.position SET sequence = 7',
      'DELETE FROM audit.position',
      'DELETE FROM audit.entry',
      `INSERT INTO audit.entry SELECT * FROM audit.entry`,
    ])
      await expect(session.query(statement)).rejects.toMatchObject({ code: '42501' });
    await session.end();
  });
});
