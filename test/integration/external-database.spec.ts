import { Client } from 'pg';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { openDatabase } from '../../src/platform/database/database-access';
import { type LoginRole, ROLES } from '../../src/platform/database/roles';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const LOGINS = ROLES.filter((role): role is LoginRole => role !== 'lethe_owner');

describe('the database of DATABASE_URL', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  it.each(LOGINS)('is reached as %s, whatever options the URL has', async (role) => {
    const access = await openDatabase(
      LetheConfig.from({ DATABASE_URL: url('?options=-c%20statement_timeout%3D61s') }),
      'serve',
    );
    const client = new Client(access.as(role));
    await client.connect();
    try {
      const { rows } = await client.query(
        `SELECT current_user AS role, current_setting('statement_timeout') AS timeout`,
      );
      expect(rows).toEqual([{ role, timeout: '61s' }]);
    } finally {
      await client.end();
      await access.stop();
    }
  });

  it('is prepared by four processes at once, several times', async () => {
    const config = LetheConfig.from({ DATABASE_URL: url('') });
    for (let time = 0; time < 5; time++) {
      const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(config, 'serve')));
      for (const access of opened) await access.stop();
    }
  });

  const url = (parameters: string) => {
    const { host, port, user, password, database: name } = database.superuser;
    return `postgres://${user}:${encodeURIComponent(password!)}@${host}:${port}/${name}${parameters}`;
  };
});
