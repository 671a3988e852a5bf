import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuidedProduct, readGuide } from '../support/guide';
import { Records } from '../support/records';

const PROJECT = join(__dirname, '../..');
const [, CHAPTER = ''] =
  /^## Add a column$(.*?)^## /ms.exec(readFileSync(join(PROJECT, 'CONTRIBUTING.md'), 'utf8')) ?? [];
const GUIDE = readGuide(CHAPTER);
const isOfPortal = ({ path }: { readonly path: string }) => path.startsWith('portal/');
const WORDS = ['portal/src/pages/customers/words.de.ts', 'portal/src/pages/customers/words.en.ts'];

const OPENAPI_TYPES = join(PROJECT, 'node_modules/openapi-typescript/bin/cli.js');
const TSC = join(PROJECT, 'node_modules/typescript/bin/tsc');
const PRINT_COLUMNS = `require('reflect-metadata');
console.log(JSON.stringify(require('./src/modules/import').IMPORT_COLUMNS));`;
/** Imports the folder `folder` of the copy and prints the counted rows or the errors. */
const IMPORT = `require('reflect-metadata');
const { Client } = require('pg');
const { importFolder } = require('./src/modules/import');
const client = new Client(JSON.parse(process.argv[1]));
client.connect()
  .then(() => importFolder({ client }, 'folder', { update: false }))
  .then(({ rows }) => rows, ({ errors }) => errors)
  .then((result) => console.log(JSON.stringify(result)))
  .finally(() => client.end());`;
const PRINT_FIELDS = `import { readFileSync } from 'node:fs';
import { recordFieldsOf, schemaFieldsOf } from './portal/record-fields.mjs';
const description = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const { CreateCustomerRequest, ChangeCustomerRequest } = schemaFieldsOf(description);
console.log(JSON.stringify([recordFieldsOf(description)['bank-accounts'], CreateCustomerRequest, ChangeCustomerRequest]));`;

describe('the guide to adding a column', () => {
  let product: GuidedProduct;
  let agent: GuidedProduct['agent'];

  const typecheckPortal = () => product.copy.run(TSC, '--noEmit', '-p', 'portal/tsconfig.json');

  beforeAll(async () => {
    const edits = GUIDE.edits.filter((edit) => !isOfPortal(edit));
    product = await GuidedProduct.serve({ ...GUIDE, edits }, 'portal');
    ({ agent } = product);
  });

  afterAll(() => product.dispose());

  it.each([
    ['a record', 'Of a record', 'finance/entities/bank-account', WORDS],
    ['the customer', 'Of the customer', 'customer/entities/customer', WORDS],
    ['a table without a form', 'Of a table without a form', 'loyalty/entities/loyalty-transaction', []],
  ])('touches migration and entity for a column of %s, and the words of the form', (_, title, entity, words) => {
    const [, part = ''] = new RegExp(`^### ${title}$(.*?)^### `, 'ms').exec(CHAPTER) ?? [];
    const { files, edits } = readGuide(part);
    expect([...files, ...edits].map(({ path }) => path)).toEqual([
      expect.stringMatching(/^migrations\/\d{4}-[a-z-]+\.ts$/),
      `src/modules/${entity}.entity.ts`,
      ...words,
    ]);
  });

  it('leads to a column of a record that is added, checked, listed and erased', async () => {
    const sql = await product.database.look();
    const id = await new Records(sql).customer({ customer_number: 'K-Spalte' });
    const url = `/api/v1/customers/${id}/bank-accounts`;
    await agent.post(url).send({ position: 1, nickname: 'Haushalt' }).expect(201);
    const refused = await agent
      .post(url)
      .send({ position: 2, nickname: 'x'.repeat(201) })
      .expect(400);
    expect(refused.body.errors).toEqual([{ field: 'nickname', code: 'MAX_LENGTH' }]);
    const listed = await agent.get(url).expect(200);
    expect(listed.body.items).toEqual([expect.objectContaining({ position: 1, nickname: 'Haushalt' })]);
    const exported = await agent.get(`/api/v1/customers/${id}/personal-data`).expect(200);
    expect(JSON.stringify(exported.body)).toContain('Haushalt');
    await agent
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: 'K-Spalte', reason: 'OTHER' })
      .expect(200);
    expect((await sql.query('SELECT FROM bank_account WHERE customer_id = $1', [id])).rowCount).toBe(0);
  });

  it('leads to a column of the customer that is added, checked, changed, shown and erased', async () => {
    const sql = await product.database.look();
    await new Records(sql).insert('branch', { code: 'B-Sprache' });
    const person = { customerNumber: 'K-Sprache', branchCode: 'B-Sprache', status: 'ACTIVE', lastName: 'Beispiel' };
    const refused = await agent
      .post('/api/v1/customers')
      .send({ ...person, language: 'x'.repeat(201) })
      .expect(400);
    expect(refused.body.errors).toEqual([{ field: 'language', code: 'MAX_LENGTH' }]);
    const added = await agent
      .post('/api/v1/customers')
      .send({ ...person, language: 'Niederdeutsch' })
      .expect(201);
    expect(added.body).toMatchObject({ customerNumber: 'K-Sprache', language: 'Niederdeutsch' });
    const url = `/api/v1/customers/${added.body.id}`;
    const changed = await agent
      .patch(url)
      .set('If-Match', added.get('ETag')!)
      .send({ language: 'Friesisch' })
      .expect(200);
    expect(changed.body).toMatchObject({ lastName: 'Beispiel', language: 'Friesisch' });
    const exported = await agent.get(`${url}/personal-data`).expect(200);
    expect(JSON.stringify(exported.body)).toContain('Friesisch');
    await agent.post(`${url}/anonymization`).send({ confirmation: 'K-Sprache', reason: 'OTHER' }).expect(200);
    expect((await agent.get(url).expect(200)).body).toMatchObject({ customerNumber: 'K-Sprache', language: null });
    const { rows } = await sql.query('SELECT language FROM customer WHERE id = $1', [added.body.id]);
    expect(rows).toEqual([{ language: null }]);
  });

  it('leads to a column of a table without a form that is imported, checked, exported and erased', async () => {
    const { copy, database } = product;
    const sql = await database.look();
    const records = new Records(sql);
    const id = await records.customer({ customer_number: 'K-Punkte' });
    await records.insert('loyalty_program', { code: 'P-Punkte' });
    const importRemark = (remark: string) => {
      const header = 'customer_number,program_code,occurred_at,remark';
      copy.write(
        'folder/loyalty_transactions.csv',
        `${header}\nK-Punkte,P-Punkte,2026-01-15T10:00:00+01:00,${remark}\n`,
      );
      return JSON.parse(copy.run('-e', IMPORT, JSON.stringify(database.as('lethe_app'))).output) as unknown;
    };
    expect(importRemark('x'.repeat(201))).toEqual([expect.objectContaining({ column: 'remark', code: 'TOO_LONG' })]);
    expect(importRemark('Geschenk an Erika')).toEqual({ loyalty_transactions: 1 });
    const exported = await agent.get(`/api/v1/customers/${id}/personal-data`).expect(200);
    expect(JSON.stringify(exported.body)).toContain('Geschenk an Erika');
    await agent
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: 'K-Punkte', reason: 'OTHER' })
      .expect(200);
    const { rows } = await sql.query('SELECT remark FROM loyalty_transaction WHERE customer_id = $1', [id]);
    expect(rows).toEqual([{ remark: null }]);
  });

  it('and the import and the demo include it', () => {
    const { output } = product.copy.run('-e', PRINT_COLUMNS);
    expect(JSON.parse(output)).toMatchObject({
      bank_accounts: { bank_name: 'Beispiel', nickname: 'Beispiel' },
      customers: { gender: 'Beispiel', language: 'Beispiel' },
      loyalty_transactions: { points: '1', remark: 'Beispiel' },
    });
  });

  it('and the portal shows and edits it, once it has words', async () => {
    const { text } = await agent.get('/api/openapi.json').expect(200);
    const { copy } = product;
    copy.write('docs/openapi.json', text);
    const fields = copy.run('--input-type=module', '-e', PRINT_FIELDS);
    const language = { as: 'text' };
    expect(JSON.parse(fields.output)).toMatchObject([{ nickname: { as: 'text' } }, { language }, { language }]);
    const types = ['docs/openapi.json', '--output', 'portal/src/api/schema.d.ts', '--default-non-nullable=false'];
    expect(copy.run(OPENAPI_TYPES, ...types).status).toBe(0);
    const missing = /missing the following properties .*: (?:nickname, language|language, nickname)$/m;
    expect(typecheckPortal().output).toMatch(missing);
    for (const edit of GUIDE.edits.filter(isOfPortal)) product.apply(edit);
    expect(typecheckPortal()).toEqual({ status: 0, output: '' });
  });
});
