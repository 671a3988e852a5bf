import type { Locator, Page } from 'playwright-core';
import { PASSWORD, TestApp } from '../support/test-app';
import { PortalBrowser } from './support/browser';

const NEW_PASSWORD = 'another horse battery';

describe('the forms of the administration', () => {
  let app: TestApp;
  let portal: PortalBrowser;
  let page: Page;
  let dialog: Locator;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  beforeEach(async () => {
    portal = await PortalBrowser.open(app);
    page = portal.page;
    dialog = page.getByRole('dialog');
  });
  afterEach(async () => {
    await portal.close();
    expect(portal.complaints).toEqual([]);
  });
  afterAll(() => app.stop());

  const employees = async () => (await (await app.as('admin')).get('/api/v1/employees').expect(200)).body.items;
  const logInAs = (username: string, password: string) =>
    app.anonymous().post('/api/v1/auth/login').send({ username, password });
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
  const closed = () => dialog.waitFor({ state: 'detached' });

  async function create(username: string, displayName: string, role: string): Promise<void> {
    await page.getByRole('button', { name: 'Mitarbeiter anlegen' }).click();
    await dialog.getByLabel(/^Benutzername/).fill(username);
    await dialog.getByLabel(/^Name/).fill(displayName);
    await dialog.getByRole('combobox', { name: /^Rolle/ }).selectOption(role);
    await dialog.getByLabel(/^Erstes Kennwort/).fill(PASSWORD);
    expect(await portal.violations()).toEqual([]);
    await press('Speichern');
  }

  it('create an employee, change it, lock it and unlock it', async () => {
    await portal.logIn('admin', '/employees');
    await create('compliance', 'Otto Beispiel', 'EMPLOYEE');
    await dialog.getByText('Der Benutzername ist schon vergeben.').waitFor();
    await press('Abbrechen');
    await closed();
    await create('otto', 'Otto Beispiel', 'COMPLIANCE');
    await closed();
    const row = page.getByRole('row').filter({ hasText: 'otto' });
    await row.waitFor();
    expect((await logInAs('otto', PASSWORD)).body.employee).toMatchObject({
      displayName: 'Otto Beispiel',
      role: 'COMPLIANCE',
    });

    await row.getByRole('button', { name: 'Ändern: otto' }).click();
    await dialog.getByLabel(/^Name/).fill('Ottilie Beispiel');
    await dialog.getByRole('combobox', { name: /^Rolle/ }).selectOption('EMPLOYEE');
    await press('Speichern');
    await closed();
    await row.getByText('Ottilie Beispiel').waitFor();
    expect((await logInAs('otto', PASSWORD)).body.employee).toMatchObject({
      displayName: 'Ottilie Beispiel',
      role: 'EMPLOYEE',
    });

    await row.getByRole('button', { name: 'Sperren: otto' }).click();
    expect(await portal.violations()).toEqual([]);
    await press('Sperren');
    await closed();
    await row.getByText('Gesperrt').waitFor();
    expect((await logInAs('otto', PASSWORD)).status).toBe(401);
    await row.getByRole('button', { name: 'Entsperren: otto' }).click();
    await press('Entsperren');
    await closed();
    await row.getByText('Aktiv').waitFor();
    expect((await logInAs('otto', PASSWORD)).status).toBe(200);
  });

  it('do not let the last administrator lose the role', async () => {
    await portal.logIn('admin', '/employees');
    await page.getByRole('button', { name: 'Ändern: admin' }).click();
    await dialog.getByRole('combobox', { name: /^Rolle/ }).selectOption('EMPLOYEE');
    await press('Speichern');
    await dialog.getByText(/Der letzte aktive Administrator kann weder/).waitFor();
    const admin = (await employees()).find(({ username }: { username: string }) => username === 'admin');
    expect(admin.role).toBe('ADMINISTRATOR');
  });

  it('set and lift a legal hold', async () => {
    const id = await app.records.customer({ customer_number: 'K-9001' });
    const verdict = async () => {
      const admin = await app.as('admin');
      return (await admin.post(`/api/v1/customers/${id}/anonymization/preview`).expect(200)).body.verdict;
    };
    await portal.logIn('compliance', '/legal-holds');
    await page.getByLabel(/^Kundennummer/).fill('K-0000');
    await page.getByRole('button', { name: 'Sperre anzeigen' }).click();
    await page.getByText('Diesen Kunden gibt es nicht.').waitFor();
    await page.getByLabel(/^Kundennummer/).fill('K-9001');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: /^Grund/ }).selectOption('LITIGATION');
    await page.getByRole('button', { name: 'Sperre setzen' }).click();
    await dialog.waitFor();
    expect(await portal.violations()).toEqual([]);
    expect(await verdict()).toBe('READY');
    await press('Sperre setzen');
    await page.getByRole('button', { name: 'Sperre aufheben' }).waitFor();
    expect(await verdict()).toBe('BLOCKED');
    const { rows } = await app.sql.query('SELECT reason_code FROM legal_hold WHERE customer_id = $1', [id]);
    expect(rows).toEqual([{ reason_code: 'LITIGATION' }]);

    await page.getByRole('button', { name: 'Sperre aufheben' }).click();
    await press('Sperre aufheben');
    await page.getByRole('button', { name: 'Sperre setzen' }).waitFor();
    expect(await verdict()).toBe('READY');
  });

  it('change the password, and report what is wrong with it', async () => {
    const admin = await app.as('admin');
    await admin
      .post('/api/v1/employees')
      .send({ username: 'paula', displayName: 'Paula Beispiel', role: 'EMPLOYEE', password: PASSWORD })
      .expect(201);
    await portal.logIn('paula');
    await page.getByRole('button', { name: /Paula Beispiel/ }).click();
    await page.getByRole('menuitem', { name: 'Kennwort ändern' }).click();
    const attempt = async (current: string, next: string, again: string) => {
      await dialog.getByLabel(/^Bisheriges Kennwort/).fill(current);
      await dialog.getByLabel(/^Neues Kennwort(?! wiederholen)/).fill(next);
      await dialog.getByLabel(/^Neues Kennwort wiederholen/).fill(again);
      await page.keyboard.press('Enter');
    };
    await attempt(PASSWORD, NEW_PASSWORD, 'something else');
    await dialog.getByText('Die neuen Kennwörter stimmen nicht überein.').waitFor();
    await attempt(PASSWORD, 'short', 'short');
    await dialog.getByText('Mindestens 8 Zeichen', { exact: true }).waitFor();
    await attempt('not the password', NEW_PASSWORD, NEW_PASSWORD);
    await dialog.getByText('Das bisherige Kennwort ist falsch.').waitFor();
    expect(await portal.violations()).toEqual([]);
    expect((await logInAs('paula', PASSWORD)).status).toBe(200);
    await attempt(PASSWORD, NEW_PASSWORD, NEW_PASSWORD);
    await dialog.getByRole('status').waitFor();
    expect((await logInAs('paula', PASSWORD)).status).toBe(401);
    expect((await logInAs('paula', NEW_PASSWORD)).status).toBe(200);
  });
});
