import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseScan, ErasureCleanup, ErasureUpkeep, IdentifierSearch } from '../../src/modules/erasure-upkeep';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { ProductCommand } from '../support/product-command';
import { TestApp } from '../support/test-app';

describe('a scan of the whole database', () => {
  let app: TestApp;
  let forgotten: FullCustomer;
  let other: FullCustomer;

  beforeAll(async () => {
    app = await TestApp.start();
    await app.nest.get(ErasureUpkeep).onApplicationShutdown();
    forgotten = await fullCustomer(app.sql, 'Abaqo', await app.records.customer());
    other = await fullCustomer(app.sql, 'Ebequ');
  });
  afterAll(() => app?.stop());

  const scan = async (...customers: readonly FullCustomer[]) => {
    const search = new IdentifierSearch();
    for (const { id, tokens } of customers) for (const token of tokens) search.addText(id, token);
    const { findings } = await DatabaseScan.scan(app.database.as('lethe_migrator'), search);
    return findings;
  };
  const locationsOf = async (customer: FullCustomer) => (await scan(customer)).map(({ location }) => location);

  it('finds every value in its column, and in the statistics', async () => {
    await app.sql.query('ANALYZE');
    const findings = await scan(forgotten);
    expect(findings).toContainEqual({
      customer: forgotten.id,
      owner: 'OWN',
      location: 'public.customer.email',
      rows: 1,
    });
    expect(findings).toContainEqual({
      customer: forgotten.id,
      owner: 'OWN',
      location: 'public.address.street',
      rows: 2,
    });
    expect(findings).toContainEqual({
      customer: forgotten.id,
      owner: 'OWN',
      location: 'public.archive_document.title',
      rows: 2,
    });
    expect(findings.filter(({ location }) => location.startsWith('pg_stats.')).map(({ location }) => location)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^pg_stats\.\w+ of public\.customer\.last_name$/)]),
    );
  });

  it('finds nothing of a customer who was anonymized and cleaned up', async () => {
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${forgotten.id}/anonymization`)
      .send({ confirmation: forgotten.customerNumber, reason: 'ERASURE_REQUEST' })
      .expect(200);
    expect((await locationsOf(forgotten)).every((location) => location.startsWith('pg_stats.'))).toBe(true);
    expect(await app.nest.get(ErasureCleanup).cleanUp(new AbortController().signal)).toMatchObject({ kind: 'CLEANED' });
    expect(await locationsOf(forgotten)).toEqual([]);
    expect(await locationsOf(other)).toContain('public.customer.email');
  });

  it('reads unclassified tables of any schema and type', async () => {
    const [email] = forgotten.tokens.filter((token) => token.includes('@'));
    await app.sql.query(`
      CREATE SCHEMA "Alt"; CREATE TABLE "Alt"."Kopie" (n int, "Mail" varchar, extras jsonb, blob bytea, list text[]);
      ALTER SCHEMA "Alt" OWNER TO lethe_owner; ALTER TABLE "Alt"."Kopie" OWNER TO lethe_owner;
      INSERT INTO "Alt"."Kopie" (n) SELECT 0 FROM generate_series(1, 2100)`); // more rows than one page
    const copy = `INSERT INTO "Alt"."Kopie" VALUES
      (1, upper($1), jsonb_build_object('an', $1::text), convert_to('zu Händen ' || $1, 'UTF8'), ARRAY['x', $1]), (2, $1, NULL, NULL, NULL)`;
    await app.sql.query(copy, [email]);
    expect(await scan(forgotten)).toEqual(
      [
        ['Mail', 2],
        ['blob', 1],
        ['extras', 1],
        ['list', 1],
      ].map(([column, rows]) => ({
        customer: forgotten.id,
        owner: 'NOBODY',
        location: `"Alt"."Kopie".${column}`,
        rows,
      })),
    );
    await app.sql.query('DROP SCHEMA "Alt" CASCADE');
  });

  it('fails instead of skipping a table that it cannot read', async () => {
    await app.sql.query('CREATE TABLE foreign_copy (name text)');
    await expect(scan(forgotten)).rejects.toMatchObject({ code: '42501' });
    await app.sql.query('DROP TABLE foreign_copy');
  });

  it('is a command that prints columns and counts, never a value', async () => {
    const command = new ProductCommand('erasure-scan');
    const folder = mkdtempSync(join(tmpdir(), 'lethe-scan-'));
    const run = (...parameters: string[]) => command.run(app, parameters);
    const file = (name: string, ...lines: readonly string[]) => {
      writeFileSync(join(folder, name), lines.join('\n'));
      return join(folder, name);
    };
    try {
      const clean = file('clean.csv', 'customerId,values', [forgotten.id, ...forgotten.tokens, 'short'].join(','));
      expect(await run('--values', clean)).toEqual({
        exitCode: 0,
        shown: expect.stringMatching(
          /^No value was found in \d+ columns and the statistics\.\nSearched for \d+ values of 1 customers; skipped 1 that are empty, placeholders or too short\.\n$/,
        ),
        complaints: '',
      });
      const both = [forgotten, other].map(({ id, tokens }) => JSON.stringify({ customerId: id, tokens }));
      const found = await run('--values', file('found.jsonl', ...both));
      expect(found).toMatchObject({ exitCode: 1, complaints: '' });
      expect(found.shown).toContain(`${other.id} public.customer.email 1\n`);
      expect(found.shown).not.toContain(forgotten.id);
      const shown = found.shown.toLowerCase();
      expect(other.tokens.filter((token) => shown.includes(token.toLowerCase()))).toEqual([]);
      expect(await run('--values', file('other.jsonl', both[1]!), '--sample', '1')).toMatchObject({ exitCode: 1 });
      expect((await run('--values', file('found.jsonl', ...both), '--sample', '1')).shown).toContain(
        ' of 1 customers;',
      );
      const wrong = file('wrong.csv', 'customerId,email', `,${other.tokens[0]!}`);
      expect(await run('--values', wrong)).toEqual({
        exitCode: 2,
        shown: '',
        complaints: 'Record 2 of the values file cannot be read, or has no customer.\n',
      });
      const phone = '0711/8214430 / 0171/5544332';
      await app.sql.query('UPDATE customer SET phone = $2 WHERE id = $1', [other.id, phone]);
      await app.records.insert('stock_item', { article: 'Rückruf +49 (0)171 55 44 33 2' });
      const byNumber = await run('--values', file('number.csv', `${other.customerNumber},"${phone}"`));
      expect(byNumber).toMatchObject({ exitCode: 1, complaints: '' });
      expect(byNumber.shown.split('\n')).toEqual(
        expect.arrayContaining([
          `${other.customerNumber} public.customer.phone 1`,
          `${other.customerNumber} public.stock_item.article 1`,
        ]),
      );
      const ofPeople = file('customers.csv', 'customer_number,status,phone', `${other.customerNumber},ACTIVE,privat`);
      expect(await run('--values', ofPeople)).toMatchObject({
        exitCode: 2,
        complaints: 'The values file has no value with at least 6 letters or digits.\n',
      });
      for (const parameters of [[], ['--values', clean, '--sample', '0'], [clean]])
        expect(await run(...parameters)).toMatchObject({ exitCode: 2, complaints: expect.stringMatching(/^Usage:/) });
    } finally {
      command.remove();
      rmSync(folder, { recursive: true });
    }
  });
});
