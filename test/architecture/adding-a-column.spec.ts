import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { GuidedCopy } from '../support/guided-copy';
import { Records } from '../support/records';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const PROJECT = join(__dirname, '../..');
const [, GUIDE = ''] =
  /^## Add a column$(.*?)^## /ms.exec(readFileSync(join(PROJECT, 'CONTRIBUTING.md'), 'utf8')) ?? [];
const PASSWORD = 'correct horse battery';

/** Files and edits in the guide. */
const FILES = [...GUIDE.matchAll(/^`(\S+)`\n\n```ts\n(.*?)^```$/gms)].map(([, path, content]) => ({
  path: path!,
  content: content!,
}));
const EDITS = [...GUIDE.matchAll(/^- `(\S+)`: below `(.+?)` add `(.+?)`$/gm)].map(([, path, below, line]) => ({
  path: path!,
  below: below!,
  line: line!,
}));

const OPENAPI_TYPES = join(PROJECT, 'node_modules/openapi-typescript/bin/cli.js');
const TSC = join(PROJECT, 'node_modules/typescript/bin/tsc');
const PRINT_COLUMNS = `require('reflect-metadata');
console.log(JSON.stringify(require('./src/modules/import').IMPORT_COLUMNS.bank_accounts));`;
const PRINT_FIELDS = `import { readFileSync } from 'node:fs';
import { recordFieldsOf } from './portal/record-fields.mjs';
console.log(JSON.stringify(recordFieldsOf(JSON.parse(readFileSync('docs/openapi.json', 'utf8')))['bank-accounts']));`;

describe('the guide to adding a column', () => {
  let database: TestDatabase;
  let copy: GuidedCopy;
  let dataDir: string;
  let agent: ReturnType<typeof request.agent>;

  const apply = ({ path, below, line }: (typeof EDITS)[number]) =>
    copy.edit(path, (content) => {
      if (!content.includes(below)) throw new Error(`${path} has no line ${below}`);
      return content.replace(below, `${below}\n${line}`);
    });
  const ofPortal = ({ path }: { readonly path: string }) => path.startsWith('portal/');
  const typecheckPortal = () => copy.run(TSC, '--noEmit', '-p', 'portal/tsconfig.json');

  beforeAll(async () => {
    database = await createTestDatabase();
    copy = new GuidedCopy('portal');
    for (const { path, content } of FILES) copy.write(path, content);
    for (const edit of EDITS) if (!ofPortal(edit)) apply(edit);
    dataDir = mkdtempSync(join(tmpdir(), 'lethe-guide-'));
    chmodSync(dataDir, 0o711);
    const address = await copy.serve(database.superuser, {
      LETHE_DATA_DIR: dataDir,
      LETHE_BOOTSTRAP_PASSWORD: PASSWORD,
      LETHE_LOG_LEVEL: 'error',
    });
    agent = request.agent(address);
    const { body } = await agent.post('/api/v1/auth/login').send({ username: 'admin', password: PASSWORD }).expect(200);
    agent.set('Authorization', `Bearer ${body.accessToken}`);
  });

  afterAll(async () => {
    await copy.dispose();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('touches four files: migration, entity and the words of two languages', () => {
    expect([...FILES, ...EDITS].map(({ path }) => path)).toEqual([
      expect.stringMatching(/^migrations\/\d{4}-[a-z-]+\.ts$/),
      'src/modules/finance/entities/bank-account.entity.ts',
      'portal/src/pages/customers/words.de.ts',
      'portal/src/pages/customers/words.en.ts',
    ]);
  });

  it('adds a column that is stored, validated, listed and erased', async () => {
    const sql = await database.look();
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

  it('and the import and the demo include it', () => {
    const { output } = copy.run('-e', PRINT_COLUMNS);
    expect(JSON.parse(output)).toMatchObject({ bank_name: 'Beispiel', nickname: 'Beispiel' });
  });

  it('and the portal shows and edits it, once it has words', async () => {
    const { text } = await agent.get('/api/openapi.json').expect(200);
    copy.write('docs/openapi.json', text);
    const fields = copy.run('--input-type=module', '-e', PRINT_FIELDS);
    expect(JSON.parse(fields.output)).toMatchObject({ nickname: { as: 'text' } });
    const types = ['docs/openapi.json', '--output', 'portal/src/api/schema.d.ts', '--default-non-nullable=false'];
    expect(copy.run(OPENAPI_TYPES, ...types).status).toBe(0);
    expect(typecheckPortal().output).toContain("Property 'nickname' is missing");
    for (const edit of EDITS.filter(ofPortal)) apply(edit);
    expect(typecheckPortal()).toEqual({ status: 0, output: '' });
  });
});
