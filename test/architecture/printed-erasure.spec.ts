import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderErasureSteps } from '../../src/modules/anonymization';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { productDataMap } from '../support/data-map';
import { doubledConditions } from '../support/doubled-conditions';
import { TestApp } from '../support/test-app';

const FOLDER = join(__dirname, '../../docs/sql');

describe('the printed erasure', () => {
  let printed: ReadonlyMap<string, string>;

  beforeAll(async () => {
    printed = renderErasureSteps(await productDataMap());
  });

  it('is the same without a connection, in one file per step', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...printed.keys()].map((module) => `${module}.sql`).sort());
    for (const [module, sql] of printed) expect(readFileSync(join(FOLDER, `${module}.sql`), 'utf8')).toBe(sql);
  });

  it('is what an anonymization sends, statement by statement', async () => {
    const app = await TestApp.start();
    try {
      const id = await app.records.customer({ customer_number: 'K-PRINTED' });
      const admin = await app.as('admin');
      const queries = jest.spyOn(app.nest.get(TransactionRunner), 'queryPrepared');
      const changes = jest.spyOn(app.nest.get(TransactionRunner), 'executePrepared');
      await admin
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation: 'K-PRINTED', reason: 'ERASURE_REQUEST' })
        .expect(200);
      const sent = [...queries.mock.calls, ...changes.mock.calls].map(([sql]) => sql);
      const erasures = sent.filter((sql) => sql.includes('INSERT INTO audit.entry') && sql.includes('_rows AS'));
      const customers = sent.filter((sql) => sql.startsWith('UPDATE customer\n'));
      const texts = sent.filter((sql) => / AS texts\nFROM /.test(sql));
      expect([erasures.length, customers.length]).toEqual([printed.size, 1]);
      expect(texts.length).toBeGreaterThan(3);
      const found = (sql: string) => [...printed.values()].filter((each) => each.includes(`\n${sql};\n`)).length;
      for (const sql of [...erasures, ...customers, ...texts]) expect([sql, found(sql)]).toEqual([sql, 1]);
    } finally {
      jest.restoreAllMocks();
      await app.stop();
    }
  });

  it('has no line of more than 120 columns', () => {
    const long = [...printed.values()].flatMap((sql) => sql.split('\n')).filter((line) => line.length > 120);
    expect(long).toEqual([]);
  });

  it('has no duplicate operands in a condition', () => {
    for (const [module, sql] of printed) expect([module, doubledConditions(sql)]).toEqual([module, []]);
  });

  it.each([
    ["(t.status = 'OPEN' OR t.status = 'OPEN' OR t.name IS NOT NULL)", ["t.status = 'OPEN'"]],
    ['WHERE a AND b AND a', ['a']],
    ['WHERE a AND (b AND a)', ['a']],
    ['WHERE (a OR (b OR a))', ['a']],
    ['WHERE NOT (a) AND x AND NOT (a)', ['NOT (a)']],
    ['WHERE a OR (b AND (c OR (c)))', []],
    ['WHERE a OR (b AND (c OR d OR c))', ['c']],
    ['count(*) FILTER (WHERE a OR a)', ['a']],
    ['WHERE a OR (a AND b)', []],
    ['SELECT a OR b AS x, a OR b AS y FROM t WHERE a OR b', []],
    ["WHERE a = 'x AND y' OR a = 'x AND z'", []],
  ])('a duplicate operand is found: %s', (sql, doubled) => {
    expect(doubledConditions(sql)).toEqual(doubled);
  });

  it('names relations by table, and only parameters that are passed', () => {
    for (const sql of printed.values()) {
      expect(sql.match(/\b\w+_\d+\b/g)).toBeNull();
      for (const statement of sql.split(/;\n/).filter((each) => each.trim() !== '')) {
        const listed = new Set([...statement.matchAll(/^-- (\$\d+::\S+) \w/gm)].map(([, parameter]) => parameter));
        const used = new Set(statement.replaceAll(/^--.*$/gm, '').match(/\$\d+::[a-z]+(?:\[\])?/g));
        expect([...used].sort()).toEqual([...listed].sort());
      }
    }
  });
});
