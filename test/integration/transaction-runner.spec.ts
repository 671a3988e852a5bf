import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { RoleConnection } from '../../src/platform/database/connection';
import { createDataSource } from '../../src/platform/database/data-source';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const ISOLATION = `SELECT current_setting('transaction_isolation') AS isolation`;
const SERIALIZABLE = '-c default_transaction_isolation=serializable';

describe('TransactionRunner', () => {
  let database: TestDatabase;
  const opened: DataSource[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    const { database: name } = database.superuser;
    const sql = await database.look();
    await sql.query(`ALTER DATABASE ${name} SET default_transaction_isolation = 'repeatable read'`);
    await sql.query(`ALTER ROLE lethe_auditor IN DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
  });
  afterAll(async () => {
    for (const dataSource of opened) await dataSource.destroy();
    await database?.drop();
  });

  const runnerOn = async (connection: RoleConnection): Promise<TransactionRunner> => {
    const dataSource = await createDataSource(connection, [], 1).initialize();
    opened.push(dataSource);
    return new TransactionRunner(dataSource);
  };

  const urlWithOptions = (): string => {
    const { user, password, host, port, database: name } = database.as('lethe_app');
    return `postgresql://${user}:${password}@${host}:${port}/${name}?options=${encodeURIComponent(SERIALIZABLE)}`;
  };

  it.each<[string, string, () => RoleConnection]>([
    ['database', 'repeatable read', () => database.as('lethe_app')],
    ['login', 'serializable', () => database.as('lethe_auditor')],
    ['connection', 'serializable', () => ({ ...database.as('lethe_app'), options: SERIALIZABLE })],
    ['URL', 'serializable', () => ({ role: 'lethe_app', connectionString: urlWithOptions() })],
  ])('uses READ COMMITTED even if the default of the %s is %s', async (_, byDefault, connection) => {
    const client = new Client(connection());
    await client.connect();
    const { rows } = await client.query<{ isolation: string }>(ISOLATION);
    await client.end();
    expect(rows).toEqual([{ isolation: byDefault }]);

    const transaction = await runnerOn(connection());
    const isolation = { isolation: 'read committed' };
    expect(await transaction.run(() => transaction.query(ISOLATION))).toEqual([isolation]);
    expect(await transaction.run(() => transaction.queryPrepared(ISOLATION, []))).toEqual([isolation]);
    expect(await transaction.readAlone(ISOLATION, [])).toEqual([isolation]);
  });

  it('sends arrays to a prepared statement unchanged', async () => {
    const transaction = await runnerOn(database.as('lethe_app'));
    const texts = [
      'a',
      '',
      'NULL',
      'null',
      null,
      '0',
      'a,b',
      '{}',
      '"',
      '\\',
      '\\"\\',
      ' x ',
      '\n',
      'Ü€😀',
      '1e5',
      "'",
    ];
    const bytes = [Buffer.of(0, 255, 92), Buffer.alloc(0), null];
    const sent = await transaction.run(() =>
      transaction.queryPrepared(
        'SELECT $1::text[] AS texts, $2::bytea[] AS bytes, $3::int[] AS numbers, $4::date[] AS days',
        [texts, bytes, [-1, 0, 42, null], []],
      ),
    );
    expect(sent).toEqual([{ texts, bytes, numbers: [-1, 0, 42, null], days: [] }]);
  });

  it('prepares a statement once per connection', async () => {
    const transaction = await runnerOn(database.as('lethe_app'));
    const DOUBLED = 'SELECT 2 * $1::int AS doubled';
    const doubled = (value: number) => transaction.run(() => transaction.queryPrepared(DOUBLED, [value]));
    expect([await doubled(1), await doubled(2)]).toEqual([[{ doubled: 2 }], [{ doubled: 4 }]]);
    expect(await transaction.readAlone(DOUBLED, [3])).toEqual([{ doubled: 6 }]);
    const prepared =
      'SELECT generic_plans + custom_plans AS executions FROM pg_prepared_statements WHERE statement = $1';
    expect(await transaction.run(() => transaction.query(prepared, [DOUBLED]))).toEqual([{ executions: '3' }]);
  });

  it('executes a statement as it is called: in a transaction, or alone', async () => {
    const transaction = await runnerOn(database.as('lethe_app'));
    await expect(transaction.queryPrepared('SELECT 1', [])).rejects.toThrow('needs a transaction');
    await expect(transaction.run(() => transaction.readAlone('SELECT 1', []))).rejects.toThrow('is in progress');
  });

  it('returns the only row of a statement, and fails without one', async () => {
    const transaction = await runnerOn(database.as('lethe_app'));
    const one = (sql: string) => transaction.run(() => transaction.one<{ n: number }>(sql));
    await expect(one('SELECT 1 AS n')).resolves.toEqual({ n: 1 });
    await expect(one('SELECT 1 AS n WHERE false')).rejects.toThrow('always has a row');
  });

  it('releases its connection when a statement fails', async () => {
    const transaction = await runnerOn(database.as('lethe_app'));
    await expect(transaction.readAlone('SELECT 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
    await expect(transaction.run(() => transaction.queryPrepared('SELECT 1 / $1::int', [0]))).rejects.toMatchObject({
      code: '22012',
    });
    expect(await transaction.readAlone('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
  });
});
