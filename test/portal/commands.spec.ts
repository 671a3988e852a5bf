import type { Locator, Page } from 'playwright-core';
import { MASTER, masterData } from '../support/record-examples';
import { TestApp } from '../support/test-app';
import { type Language, PortalBrowser } from './support/browser';

const WORDS = {
  de: {
    unreachable: 'Der Server ist nicht erreichbar.',
    uncertain: /Möglicherweise wurde die Aktion trotzdem ausgeführt/,
    reason: /^Grund/,
    confirmation: /^Zur Bestätigung die Kundennummer/,
    act: 'Kunden anonymisieren',
    again: 'Erneut prüfen',
    customers: 'Kunden',
    change: 'Ändern',
    save: 'Speichern',
    cancel: 'Abbrechen',
    pay: 'Zahlung buchen',
    pick: 'Kunde',
  },
  en: {
    unreachable: 'The server cannot be reached.',
    uncertain: /may have been processed/,
    reason: /^Reason(?!s)/,
    confirmation: /^Enter the customer number/,
    act: 'Anonymize customer',
    again: 'Check again',
    customers: 'Customers',
    change: 'Change',
    save: 'Save',
    cancel: 'Cancel',
    pay: 'Book payment',
    pick: 'Customer',
  },
} as const;

describe.each(['de', 'en'] as const)('commands of the portal in %s', (language: Language) => {
  const words = WORDS[language];
  let app: TestApp;
  let portal: PortalBrowser;
  let page: Page;
  let dialog: Locator;
  let serial = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    await masterData(app);
  });
  beforeEach(async () => {
    portal = await PortalBrowser.open(app, { language });
    page = portal.page;
    dialog = page.getByRole('dialog');
  });
  afterEach(async () => {
    await portal.close();
    expect(portal.complaints).toEqual([]);
  });
  afterAll(() => app.stop());

  const customer = async (values: Readonly<Record<string, unknown>> = {}) => {
    const customerNumber = `K-${language}-${++serial}`;
    const { body } = await (
      await app.as('admin')
    )
      .post('/api/v1/customers')
      .send({ customerNumber, branchCode: MASTER.branchCode, status: 'ACTIVE', lastName: 'Beispiel', ...values })
      .expect(201);
    return { id: body.id as string, customerNumber };
  };
  const read = async (path: string) => (await (await app.as('admin')).get(`/api/v1${path}`).expect(200)).body;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const field = (name: string) => dialog.locator(`[data-path="${name}"]`);
  const offline = (isOffline: boolean) => page.context().setOffline(isOffline);
  const alert = () => page.getByRole('alert').filter({ hasText: words.unreachable }).first();

  /** Records all writing requests from now on. */
  function writes(): string[] {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    return sent;
  }

  /** Waits long enough for any request held back by the network. */
  const network = async () => {
    await offline(false);
    await page.waitForTimeout(1_000);
  };

  async function readyToAnonymize(customerNumber: string): Promise<void> {
    await page.getByLabel(words.reason).selectOption('ERASURE_REQUEST');
    await page.getByLabel(words.confirmation).fill(customerNumber);
  }

  describe('without network', () => {
    it('report this at once, and are not sent when the network is back', async () => {
      const { id, customerNumber } = await customer();
      await portal.logIn('admin', `/anonymize/${id}`);
      await readyToAnonymize(customerNumber);
      await offline(true);
      await press(words.act);
      await alert().waitFor();
      await page.getByText(words.uncertain).waitFor();
      await page.getByRole('navigation').getByRole('link', { name: words.customers, exact: true }).click();
      const sent = writes();
      await network();
      expect(sent.filter((call) => call.includes('/anonymization') && !call.endsWith('/preview'))).toEqual([]);
      expect(await read(`/customers/${id}`)).toMatchObject({ anonymizedAt: null });
    });

    it('are cancelled by the button next to them', async () => {
      const { id } = await customer({ note: 'vorher' });
      await portal.logIn('employee', `/customers/${id}`);
      await press(words.change);
      await field('note').fill('offline geschrieben');
      await offline(true);
      await dialog.getByRole('button', { name: words.save, exact: true }).click();
      await alert().waitFor();
      await dialog.getByRole('button', { name: words.cancel, exact: true }).click();
      const sent = writes();
      await network();
      expect(sent).toEqual([]);
      expect(await read(`/customers/${id}`)).toMatchObject({ note: 'vorher' });
    });

    it('report it when only a reload fails', async () => {
      const { id } = await customer();
      await portal.logIn('admin', `/anonymize/${id}`);
      await page.getByLabel(words.reason).waitFor();
      await offline(true);
      await press(words.again);
      await alert().waitFor();
      await network();
    });
  });

  describe('on a slow network', () => {
    /** Holds requests of this kind until they are released; resolves when the first one is held. */
    async function held(
      method: string,
      path: RegExp,
    ): Promise<{ readonly first: Promise<void>; readonly release: () => void }> {
      let arrived: () => void;
      let release: () => void;
      const first = new Promise<void>((resolve) => (arrived = resolve));
      const gate = new Promise<void>((resolve) => (release = resolve));
      await page.route(path, async (route) => {
        if (route.request().method() !== method) return route.continue();
        arrived();
        await gate;
        await route.continue().catch(() => undefined); // the page has aborted it
      });
      return { first, release: () => release() };
    }

    it('are aborted by leaving the page', async () => {
      const { id, customerNumber } = await customer();
      await portal.logIn('admin', `/anonymize/${id}`);
      await readyToAnonymize(customerNumber);
      const { first, release } = await held('POST', /\/anonymization$/);
      await press(words.act);
      await first;
      await page.getByRole('navigation').getByRole('link', { name: words.customers, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: words.customers }).waitFor();
      release();
      await page.waitForTimeout(1_000);
      expect(await read(`/customers/${id}`)).toMatchObject({ anonymizedAt: null });
    });

    it('are aborted by cancelling the dialog, and can be sent again', async () => {
      const { id } = await customer({ note: 'vorher' });
      await portal.logIn('employee', `/customers/${id}`);
      await press(words.change);
      await field('note').fill('nachher');
      const { first, release } = await held('PATCH', /\/customers\/[^/]+$/);
      await dialog.getByRole('button', { name: words.save, exact: true }).click();
      await first;
      await dialog.getByRole('button', { name: words.cancel, exact: true }).click();
      release();
      await page.waitForTimeout(1_000);
      expect(await read(`/customers/${id}`)).toMatchObject({ note: 'vorher' });
      await press(words.change);
      await field('note').fill('nachher');
      await dialog.getByRole('button', { name: words.save, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await read(`/customers/${id}`)).toMatchObject({ note: 'nachher' });
    });

    it('are not executed after a password entered once the page is gone', async () => {
      const { id, customerNumber } = await customer();
      await portal.logIn('admin', '/customers');
      await page.getByRole('heading', { level: 1, name: words.customers }).waitFor();
      await portal.goTo(`/anonymize/${id}`);
      await readyToAnonymize(customerNumber);
      app.clock.set(new Date(Date.now() + 6 * 60_000).toISOString());
      await press(words.act);
      await dialog.waitFor();
      await page.goBack();
      await dialog.waitFor({ state: 'detached' });
      app.clock.set(null);
      expect(await read(`/customers/${id}`)).toMatchObject({ anonymizedAt: null });
    });
  });

  describe('with amounts', () => {
    const typed = language === 'de' ? '1.234,50' : '1,234.50';
    const shown = language === 'de' ? '1.234,50\u00a0€' : '€1,234.50';
    const foreign = language === 'de' ? '1,234.50' : '1.234,50';

    async function openPayment(): Promise<string> {
      const { id, customerNumber } = await customer();
      const invoice = { kind: 'INVOICE', status: 'ISSUED', branchCode: MASTER.branchCode, issuedOn: '2020-01-01' };
      await (
        await app.as('employee')
      )
        .post(`/api/v1/customers/${id}/invoices`)
        .send({ ...invoice, number: `R-${customerNumber}`, net: 123450, tax: 0, gross: 123450 })
        .expect(201);
      await portal.logIn('employee', `/customers/${id}/invoices`);
      await page.getByRole('button', { name: new RegExp(words.pay) }).click();
      await field('amount').waitFor();
      return id;
    }
    const amounts = async (id: string) =>
      (await read(`/customers/${id}/invoices`)).items[0].payments.map(({ amount }: { amount: number }) => amount);

    it('book what the field shows, typed key by key', async () => {
      const id = await openPayment();
      expect(await field('amount').inputValue()).toBe(shown);
      await field('amount').press('ControlOrMeta+a');
      await page.keyboard.type(typed);
      await page.keyboard.press('Tab');
      expect(await field('amount').inputValue()).toBe(shown);
      await dialog.getByRole('button', { name: words.pay, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await amounts(id)).toEqual([123450]);
    });

    it('book what the field shows, pasted', async () => {
      const id = await openPayment();
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(shown)})`);
      await field('amount').press('ControlOrMeta+a');
      await page.keyboard.press('ControlOrMeta+v');
      await dialog.getByRole('button', { name: words.pay, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await amounts(id)).toEqual([123450]);
    });

    it('refuse ambiguous input', async () => {
      const id = await openPayment();
      await field('amount').press('ControlOrMeta+a');
      await page.keyboard.type(foreign);
      await dialog.getByRole('button', { name: words.pay, exact: true }).click();
      await dialog.getByText(typed, { exact: false }).waitFor();
      expect(await field('amount').getAttribute('aria-invalid')).toBe('true');
      expect(await field('amount').inputValue()).toBe(foreign);
      expect(await portal.violations()).toEqual([]);
      expect(await amounts(id)).toEqual([]);
    });
  });

  describe('with dates', () => {
    it.each(
      language === 'de'
        ? [
            ['12.04.1953', '12.04.1953'],
            ['1953-04-12', '12.04.1953'],
          ]
        : [
            ['12/04/1953', '12 Apr 1953'],
            ['12 Apr 1953', '12 Apr 1953'],
          ],
    )('store what the field shows: %s', async (typed, shown) => {
      const { id } = await customer();
      await portal.logIn('employee', `/customers/${id}`);
      await press(words.change);
      await field('birthDate').focus();
      await page.keyboard.type(typed);
      await page.keyboard.press('Tab');
      expect(await field('birthDate').inputValue()).toBe(shown);
      await dialog.getByRole('button', { name: words.save, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await read(`/customers/${id}`)).toMatchObject({ birthDate: '1953-04-12' });
    });

    it('refuse invalid dates', async () => {
      const { id } = await customer();
      await portal.logIn('employee', `/customers/${id}`);
      await press(words.change);
      await field('birthDate').fill('31.02.1953');
      await dialog.getByRole('button', { name: words.save, exact: true }).click();
      await dialog.locator('[data-path="birthDate"][aria-invalid="true"]').waitFor();
      expect(await field('birthDate').inputValue()).toBe('31.02.1953');
      expect(await read(`/customers/${id}`)).toMatchObject({ birthDate: null });
    });
  });

  it('ignore results of older input', async () => {
    const older = await customer({ lastName: 'Altmann' });
    const wanted = await customer({ lastName: 'Neumann' });
    await portal.logIn('admin', '/anonymize');
    const input = page.getByRole('textbox', { name: words.pick });
    await input.fill('Altmann');
    await page.getByRole('option', { name: new RegExp(older.customerNumber) }).waitFor();
    await page.route(/customers\/search$/, async (route) => {
      await page.waitForTimeout(500);
      await route.continue();
    });
    await input.press('ControlOrMeta+a');
    await page.keyboard.type(wanted.customerNumber); // as a barcode scanner does
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(wanted.id));

    await portal.goTo('/anonymize');
    await input.fill('Altmann');
    await page.getByRole('option', { name: new RegExp(older.customerNumber) }).waitFor();
    await page.keyboard.type(' nobody of that name');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1_500);
    expect(new URL(page.url()).pathname).toBe('/anonymize');
  });
});
