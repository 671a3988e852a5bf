import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('generates ids of version 7 that increase with time', async () => {
    const client = await database.look();
    const before = Date.now();
    const { rows } = await client.query<{ id: string }>(
      'SELECT uuid_v7() AS id FROM generate_series(1, 3), pg_sleep(0.002)',
    );
    expect(rows.every(({ id }) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/.test(id))).toBe(true);
    const [{ ms }] = (
      await client.query<{ ms: string }>(`SELECT ('x' || substr(replace($1, '-', ''), 1, 12))::bit(48)::bigint AS ms`, [
        rows[0]!.id,
      ])
    ).rows as [{ ms: string }];
    expect(Number(ms)).toBeGreaterThanOrEqual(before);
    expect(Number(ms)).toBeLessThanOrEqual(Date.now());
  });
});
