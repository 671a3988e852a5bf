import { AnonymizationSaga } from '../../src/modules/anonymization/saga/anonymization.saga';
import { Causes } from '../../src/modules/anonymization/saga/causes';
import { CustomerLocks } from '../../src/modules/customer';
import { DataMap } from '../../src/modules/data-map';
import { Role } from '../../src/kernel/role';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { anonymizedResidue } from '../support/anonymized-residue';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { TestApp } from '../support/test-app';

const RUN = '01900000-0000-7000-8000-00000000000a';
const ACTOR = '01900000-0000-7000-8000-00000000000b';

/** What {@link withMutation} throws to take everything back. */
class Undone extends Error {}

type Table = DataMap['tables'][number];

interface Mutation {
  readonly name: string;
  readonly tables: readonly Table[];
}

const isActive = ({ rule }: Table['columns'][number]) => ['ERASE', 'REPLACE', 'REDACT'].includes(rule.treatment);

/** Every single assignment, redaction and deletion of the data map, each left out once. */
function* mutationsOf(tables: readonly Table[]): Generator<Mutation> {
  const instead = (table: Table, other: Table) => tables.map((each) => (each === table ? other : each));
  for (const table of tables) {
    if (table.rule.kind !== 'OF_CUSTOMER') continue;
    if (table.rule.eraseRows !== undefined) {
      const rule = { ...table.rule, eraseRows: undefined };
      yield { name: `${table.name}: rows stay`, tables: instead(table, { ...table, rule }) };
    }
    if (table.rule.eraseRows !== undefined && table.rule.eraseRows.when === undefined) continue; // its columns go with the rows
    for (const column of table.columns.filter(isActive)) {
      const kept = { ...column, rule: { ...column.rule, treatment: 'KEEP' as const } };
      const columns = table.columns.map((each) => (each === column ? kept : each));
      yield { name: `${table.name}.${column.name} stays`, tables: instead(table, { ...table, columns }) };
    }
  }
}

/** A missed assignment is a breach of law: whichever is left out, what the tests look at must show it. */
describe('an erasure that leaves something out', () => {
  let app: TestApp;
  let customer: FullCustomer;
  let map: DataMap;
  let original: readonly Table[];

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    customer = await fullCustomer(app.sql, 'Zomuqabe', await app.records.customer());
    await fillWhatIsEmpty();
    map = app.nest.get(DataMap);
    original = map.tables;
  });
  afterAll(() => app.stop());

  async function fillWhatIsEmpty(): Promise<void> {
    const { id, tokens } = customer;
    await app.sql.query(
      `INSERT INTO archive_key (customer_id, retention_class, wrapped_key) VALUES ($1, 'NONE', '\\x00')`,
      [id],
    );
    await app.sql.query('INSERT INTO former_identity (customer_id, last_name) VALUES ($1, $2)', [id, tokens[1]]);
    await app.sql.query(`UPDATE archive_document SET type = 'Brief an ' || $2 WHERE customer_id = $1`, [id, tokens[1]]);
  }

  /** What is noticed: by the erasure itself, by the database, or by the look at what is left. */
  async function noticed(tables: readonly Table[]): Promise<readonly string[]> {
    const transaction = app.nest.get(TransactionRunner);
    const found: string[] = [];
    Object.assign(map, { tables });
    try {
      await transaction.run(async () => {
        const locked = await app.nest.get(CustomerLocks).lockFreeForAnonymization([customer.id]);
        const cause = app.nest
          .get(Causes)
          .now({ id: ACTOR, displayName: 'Administrator', role: Role.ADMINISTRATOR }, RUN, {
            reason: 'ERASURE_REQUEST',
            reference: null,
          });
        const [outcome] = await app.nest.get(AnonymizationSaga).anonymize(locked, cause);
        if (outcome?.kind !== 'ANONYMIZED') throw new Error('The customer is not anonymized');
        Object.assign(map, { tables: original });
        await transaction.execute('SET CONSTRAINTS ALL IMMEDIATE'); // as the commit would
        found.push(...(await residues(transaction)));
        throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) found.push((error as { code?: string }).code ?? String(error));
    } finally {
      Object.assign(map, { tables: original });
    }
    return found;
  }

  async function residues(transaction: TransactionRunner): Promise<string[]> {
    const query = async (sql: string, parameters: readonly unknown[] = []) => ({
      rows: await transaction.query(sql, parameters),
    });
    const names = new Map([[customer.id, customer.tokens.map((token) => token.replaceAll(/\W/g, '\\$&')).join('|')]]);
    const found = await anonymizedResidue({ query } as never, map, names);
    const { rows } = await query(
      'SELECT anonymized_at, anonymized_by, anonymization_run_id, status FROM customer WHERE id = $1',
      [customer.id],
    );
    const { rows: quotes } = await query(
      `SELECT id FROM quote WHERE customer_id = $1 AND (status <> 'ENDED' OR ended_on IS NULL OR end_reason <> 'CUSTOMER_ANONYMIZED' OR end_reason IS NULL)`,
      [customer.id],
    );
    const stamps = rows[0] as Record<string, unknown>;
    const isStamped =
      stamps.anonymized_at !== null &&
      stamps.anonymized_by === ACTOR &&
      stamps.anonymization_run_id === RUN &&
      stamps.status === 'DELETED';
    return [
      ...found.map(({ table, column, what }) => `${table}.${column} ${what}`),
      ...(isStamped ? [] : ['NOT_STAMPED']),
      ...(quotes.length === 0 ? [] : ['QUOTE_NOT_ENDED']),
    ];
  }

  it('is complete as it is', async () => {
    expect(await noticed(original)).toEqual([]);
  });

  it('is noticed, whatever it leaves out', async () => {
    const missed: string[] = [];
    let count = 0;
    for (const { name, tables } of mutationsOf(original)) {
      count++;
      if ((await noticed(tables)).length === 0) missed.push(name);
    }
    expect(missed).toEqual([]);
    expect(count).toBeGreaterThan(60);
  });
});
