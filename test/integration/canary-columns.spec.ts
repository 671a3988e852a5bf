import { DataMap } from '../../src/modules/data-map';
import { CANARIES } from '../support/canary';
import { personalTexts, Population } from '../support/customer-rows';
import { fullCustomer } from '../support/full-customer';
import { TABLES_WITHOUT_PERSONS } from '../support/product-sinks';
import { CUSTOMER_EXAMPLE, masterData, RECORD_EXAMPLES } from '../support/record-examples';
import { TestApp } from '../support/test-app';

/** The database allows only a few codes in these columns. */
const CLOSED_LISTS = ['address.type', 'marketing_consent.channel'];
/** Includes a column in which the API allows only a code in capitals. */
const WITHOUT_CANARY = [...CLOSED_LISTS, 'legal_hold.reason_code'].sort();

/**
 * Every test run ends with a search for canaries in the product's output (test/support/sink-search.ts), which relies on
 * these tests.
 */
describe('canaries occur', () => {
  let app: TestApp;
  let map: DataMap;

  beforeEach(async () => {
    app = await TestApp.start();
    map = app.nest.get(DataMap);
  });
  afterEach(() => app.stop());

  /** Columns for personal texts for which a condition holds; `hit` tells whether a row has a canary there. */
  async function columns(condition: (column: string, hit: string) => string): Promise<string[]> {
    const found: string[] = [];
    for (const table of map.allCustomerTables)
      for (const column of personalTexts(table)) {
        const isMet = condition(column, `${column} ~* '${CANARIES.join('|')}'`);
        const { rows } = await app.sql.query<{ is_met: boolean }>(`SELECT ${isMet} AS is_met FROM ${table.name}`);
        if (rows[0]!.is_met) found.push(`${table.name}.${column}`);
      }
    return found.sort();
  }
  const withoutCanary = () => columns((_, hit) => `bool_or(${hit}) IS NOT TRUE`);
  const withAnythingElse = () => columns((column, hit) => `bool_or(${column} IS NOT NULL AND NOT ${hit})`);

  it('in every personal text of the customers of the fault tests', async () => {
    const population = await Population.of(app.sql, map.allCustomerTables);
    await population.fill(await population.customers(2));
    expect(await withoutCanary()).toEqual(WITHOUT_CANARY);
  });

  it('in every personal text of customers with every kind of record', async () => {
    await fullCustomer(app.sql, 'Zobaqexi', await app.records.customer());
    expect(await withoutCanary()).toEqual(WITHOUT_CANARY);
  });

  it('in every personal text that the examples send to the API', async () => {
    await masterData(app);
    await app.sql.query('DELETE FROM customer');
    const employee = await app.as('employee');
    const { body } = await employee.post('/api/v1/customers').send(CUSTOMER_EXAMPLE).expect(201);
    for (const { path, full } of RECORD_EXAMPLES.filter((example) => example.path !== 'relationships'))
      await employee.post(`/api/v1/customers/${body.id}/${path}`).send(full('1')).expect(201);
    expect(await withAnythingElse()).toEqual(CLOSED_LISTS);
  });

  it('in tables of customers only: all other tables about customers are searched', () => {
    const about = map.tables.filter(({ rule }) => rule.kind === 'ABOUT_CUSTOMER').map(({ name }) => name);
    expect([...TABLES_WITHOUT_PERSONS].sort()).toEqual(about.sort());
  });
});
