import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { GuidedProduct, readGuide } from '../support/guide';
import { Records } from '../support/records';

const GUIDE = readGuide(readFileSync(join(__dirname, '../../docs/guides/adding-a-module.md'), 'utf8'));

describe('the guide to adding a module', () => {
  let product: GuidedProduct;
  let agent: GuidedProduct['agent'];
  let sql: Client;

  beforeAll(async () => {
    product = await GuidedProduct.serve(GUIDE);
    ({ agent } = product);
    sql = await product.database.look();
  });

  afterAll(() => product.dispose());

  it('shows whole files and single lines', () => {
    const { files, edits, imports } = GUIDE;
    expect([files.length, edits.length, imports.length]).toEqual([8, 5, 3]);
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
