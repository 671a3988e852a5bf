import { PASSWORD, TestApp } from '../support/test-app';
import { PortalBrowser } from './support/browser';

describe('the portal', () => {
  let app: TestApp;
  let portal: PortalBrowser;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  beforeEach(async () => {
    portal = await PortalBrowser.open(app);
  });
  afterEach(async () => {
    await portal.close();
    expect(portal.complaints).toEqual([]);
  });
  afterAll(() => app.stop());

  it('asks for a login, and then opens the requested page', async () => {
    await portal.goTo('/runs');
    await portal.page.getByLabel('Benutzername').fill('admin');
    await portal.page.getByLabel('Kennwort').fill('falsches Kennwort');
    await portal.page.keyboard.press('Enter');
    await portal.page.getByText('Benutzername oder Kennwort ist falsch.').waitFor();
    expect(await portal.violations()).toEqual([]);
    await portal.logIn('admin', '/runs');
    await portal.page.getByRole('heading', { level: 1, name: 'Läufe' }).waitFor();
    expect(new URL(portal.page.url()).pathname).toBe('/runs');
  });

  it('lets every employee change the password, and continues with the new one', async () => {
    await portal.logIn('employee');
    const { page } = portal;
    const change = async (current: string, next: string) => {
      await page.getByRole('button', { name: /Mitarbeiter/ }).click();
      await page.getByRole('menuitem', { name: 'Kennwort ändern' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^Bisheriges Kennwort/).fill(current);
      await dialog.getByLabel(/^Neues Kennwort(?! wiederholen)/).fill(next);
      await dialog.getByLabel(/^Neues Kennwort wiederholen/).fill(next);
      await page.keyboard.press('Enter');
      await dialog.getByRole('status').waitFor();
      expect(await portal.violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    };
    await change(PASSWORD, 'another horse battery');
    await change('another horse battery', PASSWORD);
    await page.getByRole('heading', { level: 1, name: 'Kunden' }).waitFor();
  });
});
