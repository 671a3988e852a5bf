import type { Client } from 'pg';
import { SearchForms1700000000022 } from '../../migrations/0022-search-forms';
import { joinedNames, phoneForm, valuesIn } from '../../src/libraries/redaction';
import cells from '../../src/libraries/redaction/vectors/cells.json';
import names from '../../src/libraries/redaction/vectors/names.json';
import phones from '../../src/libraries/redaction/vectors/phones.json';
import { Records } from '../support/records';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** The search finds as one word what redaction takes for one value. */
describe('search and redaction', () => {
  let database: TestDatabase;
  let sql: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = await database.look();
  });
  afterAll(() => database?.drop());

  async function valueOf<Value>(expression: string, ...parameters: readonly unknown[]): Promise<Value> {
    const { rows } = await sql.query<{ value: Value }>(`SELECT ${expression} AS value`, [...parameters]);
    return rows[0]!.value;
  }
  const folded = (text: string) => valueOf<string>('ltrim(search_fold($1))', text);
  const termsOf = async (first: string | null, last: string | null) => {
    const expression = 'search_terms(search_name($2, $1), ARRAY[]::text[], ARRAY[$1, $2]::text[])';
    return (await valueOf<string>(expression, first, last)).split(' ');
  };

  /** `0301234567` becomes `+49301234567`; other digits lack an area code. */
  const international = (word: string): string[] => {
    if (word.startsWith('00')) return [`+${word.slice(2)}`];
    return word.startsWith('0') ? [`+49${word.slice(1)}`] : [];
  };

  it.each(phones)('store the numbers of the cell $stored in the same form', async ({ stored, forms }) => {
    const words = await valueOf<string[]>('search_phones($1)', stored);
    expect(words.flatMap(international).sort()).toEqual([...forms].sort());
    expect(
      valuesIn('PHONE', stored)
        .flatMap(({ value }) => phoneForm(value) ?? [])
        .sort(),
    ).toEqual([...forms].sort());
  });

  it.each(phones)('fold the numbers of $stored as typed to the stored form', async ({ stored }) => {
    const terms = (await valueOf<string>(`search_terms('', ARRAY[$1], ARRAY[]::text[])`, stored)).split(' ');
    for (const word of (await folded(stored)).split(' ').filter(Boolean)) expect(terms).toContain(word);
  });

  it.each(names)('find $first $last written together', async ({ first, last, together }) => {
    expect(joinedNames(first, last)).toEqual(together);
    const terms = await termsOf(first, last);
    for (const name of together) expect(terms).toContain(await folded(name));
    if (first !== null && last !== null && together.length === 0)
      expect(terms).not.toContain(await folded(first + last));
  });

  it.each(cells.filter(({ kind }) => kind === 'EMAIL'))('find the addresses of the cell $cell', async (vector) => {
    const words = (await folded(vector.cell)).split(' ');
    for (const value of vector.values)
      if (value.startsWith('EMAIL ')) expect(words).toContain(await folded(value.slice('EMAIL '.length)));
  });

  it('find those of an existing installation after its migration', async () => {
    const id = await new Records(sql).customer({
      first_name: 'Todd',
      last_name: "O'Bryan",
      phone: '030/1239871 / 0171/9876543',
    });
    await sql.query(
      `INSERT INTO customer_search (customer_id, terms, name) VALUES ($1, ' todd o bryan', 'o bryan\ttodd')`,
      [id],
    );
    await sql.query(`
      DROP FUNCTION search_coarse(text), search_cut(text), search_phones(text), search_terms(text, text[], text[]);
      CREATE FUNCTION search_terms(VARIADIC texts text[]) RETURNS text LANGUAGE sql AS $$ SELECT '' $$`);
    await new SearchForms1700000000022().up({ query: (statement: string) => sql.query(statement) } as never);
    const terms = await valueOf<string>('(SELECT terms FROM customer_search WHERE customer_id = $1)', id);
    expect(terms.split(' ')).toEqual(expect.arrayContaining(['obryan', 'toddobryan', '0301239871', '01719876543']));
    expect(await valueOf<string | null>(`to_regclass('customer_search_prefixes')`)).not.toBeNull();
  });
});
