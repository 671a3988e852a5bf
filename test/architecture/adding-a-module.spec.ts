import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import request from 'supertest';
import { GuidedCopy } from '../support/guided-copy';
import { Records } from '../support/records';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const GUIDE = readFileSync(join(__dirname, '../../docs/guides/adding-a-module.md'), 'utf8');
const PASSWORD = 'correct horse battery';

/** Files in the guide, edits, and the imports that these need. */
const FILES = [...GUIDE.matchAll(/^`(\S+)`\n\n```ts\n(.*?)^```$/gms)].map(([, path, content]) => ({
  path: path!,
  content: content!,
}));
const EDITS = [...GUIDE.matchAll(/^- `(\S+)`: below `(.+?)` add `(.+?)`$/gm)].map(([, path, below, line]) => ({
  path: path!,
  below: below!,
  line: line!,
}));
const IMPORTS = [...GUIDE.matchAll(/^- `(\S+)`: `(import .+?)`$/gm)].map(([, path, line]) => ({
  path: path!,
  line: line!,
}));

describe('the guide to adding a module', () => {
  let database: TestDatabase;
  let copy: GuidedCopy;
  let sql: Client;
  let dataDir: string;
  let agent: ReturnType<typeof request.agent>;

  beforeAll(async () => {
    database = await createTestDatabase();
    copy = new GuidedCopy();
    for (const { path, content } of FILES) copy.write(path, content);
    for (const { path, below, line } of EDITS)
      copy.edit(path, (content) => {
        if (!content.includes(below)) throw new Error(`${path} has no line ${below}`);
        return content.replace(below, `${below}\n${line}`);
      });
    for (const { path, line } of IMPORTS) copy.edit(path, (content) => `${line}\n${content}`);
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
    sql = await database.look();
  });

  afterAll(async () => {
    await copy.dispose();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('shows whole files and single lines', () => {
    expect({ files: FILES.length, edits: EDITS.length, imports: IMPORTS.length }).toEqual({
      files: 8,
      edits: 5,
      imports: 3,
    });
  });

  it('adds appointments that are booked, erased with the customer, and refused afterwards', async () => {
    const records = new Records(sql);
    const id = await records.customer({ customer_number: 'K-Termin' });
    await sql.query(`INSERT INTO branch (code, name) VALUES ('B-Termin', 'Filiale')`);
    const appointment = {
      branchCode: 'B-Termin',
      takesPlaceOn: '2026-12-01',
      reminderPhone: '0711 4711001',
      note: 'kommt mit Tochter',
    };
    await agent.post(`/api/v1/customers/${id}/appointments`).send(appointment).expect(201);
    const listed = await agent.get(`/api/v1/customers/${id}/appointments`).expect(200);
    expect(listed.body.items).toEqual([expect.objectContaining(appointment)]);

    const preview = await agent.post(`/api/v1/customers/${id}/anonymization/preview`).expect(200);
    const effects = [
      { module: 'appointment', table: 'appointment', treatment: 'ERASE', rows: 1 },
      expect.objectContaining({ module: 'appointment', table: 'appointment', treatment: 'KEEP', rows: 1 }),
    ];
    expect(preview.body.effects).toEqual(expect.arrayContaining(effects));
    const act = await agent
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: 'K-Termin', reason: 'OTHER' })
      .expect(200);
    expect(act.body.effects).toEqual(expect.arrayContaining(effects));

    const { rows } = await sql.query(
      'SELECT takes_place_on::text, reminder_phone, note FROM appointment WHERE customer_id = $1',
      [id],
    );
    expect(rows).toEqual([{ takes_place_on: '2026-12-01', reminder_phone: null, note: null }]);
    const entries = await sql.query(`SELECT FROM audit.entry WHERE customer_id = $1 AND module = 'appointment'`, [id]);
    expect(entries.rowCount).toBe(1);
    const late = await agent.post(`/api/v1/customers/${id}/appointments`).send(appointment).expect(409);
    expect(late.body.code).toBe('CUSTOMER_ANONYMIZED');
    await expect(sql.query(`UPDATE appointment SET note = 'x' WHERE customer_id = $1`, [id])).rejects.toMatchObject({
      code: 'AN001',
    });
  });
});
