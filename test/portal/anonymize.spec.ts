import { TestApp } from '../support/test-app';
import { type Language, PortalBrowser } from './support/browser';

/** Visible texts, by language. */
const WORDS = {
  de: {
    pick: 'Kunde',
    reason: /^Grund/,
    reference: /^Aktenzeichen/,
    confirmation: /^Zur Bestätigung die Kundennummer/,
    ready: /^Zur Bestätigung die Zahl der bereiten Kunden/,
    act: 'Kunden anonymisieren',
    start: 'Lauf starten',
    done: /ist anonymisiert/,
    completed: 'Der Lauf ist abgeschlossen.',
    check: (name: string) => `${name} prüfen`,
    report: 'Bericht als CSV',
  },
  en: {
    pick: 'Customer',
    reason: /^Reason(?!s)/, // excludes the field of a blocked customer
    reference: /^Reference/,
    confirmation: /^Enter the customer number/,
    ready: /^Enter the number of ready customers/,
    act: 'Anonymize customer',
    start: 'Start the run',
    done: /is anonymized/,
    completed: 'The run is completed.',
    check: (name: string) => `Check ${name}`,
    report: 'Report as CSV',
  },
} as const;

describe('anonymization in the portal', () => {
  let app: TestApp;
  let portal: PortalBrowser;

  beforeAll(async () => {
    app = await TestApp.start();
    await app.records.insert('branch', { code: 'HAMBURG' });
  });
  afterEach(async () => {
    app.clock.set(null);
    await portal.close();
    expect(portal.complaints).toEqual([]);
  });
  afterAll(() => app.stop());

  const open = async (language: Language) => {
    portal = await PortalBrowser.open(app, { language });
    await portal.logIn('admin', '/anonymize');
  };

  async function customer(customerNumber: string, lastName: string): Promise<string> {
    const employee = await app.as('employee');
    const { body } = await employee
      .post('/api/v1/customers')
      .send({ customerNumber, branchCode: 'HAMBURG', status: 'ACTIVE', lastName, firstName: 'Erika' })
      .expect(201);
    return body.id as string;
  }

  describe.each(['de', 'en'] as const)('in %s', (language) => {
    const words = WORDS[language];

    it('one customer, by keyboard only, with the password again', async () => {
      const number = language === 'de' ? 'K-7001' : 'K-7002';
      await customer(number, language === 'de' ? 'Sonnenblum' : 'Mondschein');
      await open(language);
      const { page } = portal;
      app.clock.set(new Date(Date.now() + 6 * 60_000).toISOString());

      await portal.tabTo(page.getByRole('textbox', { name: words.pick }));
      await page.keyboard.type(number);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await portal.tabTo(page.getByRole('combobox', { name: words.reason }));
      await page.keyboard.press('ArrowDown');
      await portal.tabTo(page.getByLabel(words.reference));
      await page.keyboard.type('T-4711');
      const button = page.getByRole('button', { name: words.act });
      expect(await button.isDisabled()).toBe(true);
      await portal.tabTo(page.getByLabel(words.confirmation));
      await page.keyboard.type(number);
      expect(await portal.violations()).toEqual([]);
      await portal.tabTo(button);
      await page.keyboard.press('Enter');
      await portal.confirmPassword();
      await page.getByText(words.done).first().waitFor();
      expect(await portal.violations()).toEqual([]);
      expect(page.url()).not.toContain('Sonnenblum');
      expect(await page.title()).not.toMatch(/Sonnenblum|Mondschein/);

      const { rows } = await app.sql.query(
        'SELECT FROM customer WHERE customer_number = $1 AND anonymized_at IS NOT NULL',
        [number],
      );
      expect(rows).toHaveLength(1);
    });

    it('a selection of 2,000 customers, with its report', async () => {
      const name = `Alte Kunden ${language}`;
      const { rows } = await app.sql.query<{ id: string }>(
        `WITH branch AS (SELECT id FROM branch LIMIT 1), made AS (
           INSERT INTO customer (customer_number, branch_id, status, last_name)
           SELECT $1 || n, branch.id, 'ACTIVE', 'Muster ' || n FROM branch, generate_series(1, 2000) AS n RETURNING id),
         list AS (INSERT INTO selection (name) VALUES ($2) RETURNING id)
         INSERT INTO selection_member (selection_id, customer_id) SELECT list.id, made.id FROM list, made RETURNING customer_id AS id`,
        [`S-${language}-`, name],
      );
      await app.records.insert('care_case', { customer_id: rows[0]!.id, status: 'OPEN' });
      await open(language);
      const { page } = portal;
      await page.getByRole('button', { name: words.check(name) }).click();
      await page.getByLabel(words.ready).fill('2000');
      expect(await page.getByRole('button', { name: words.start }).isDisabled()).toBe(true);
      await page.getByLabel(words.ready).fill('1999');
      await page.getByRole('combobox', { name: words.reason }).selectOption('RETENTION_EXPIRED');
      expect(await portal.violations()).toEqual([]);
      await page.getByRole('button', { name: words.start }).click();
      await page.getByText(words.completed).waitFor();
      expect(await portal.violations()).toEqual([]);
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: words.report }).click();
      expect((await download).suggestedFilename()).toMatch(/\.csv$/);
      const { rowCount } = await app.sql.query(
        `SELECT FROM customer WHERE customer_number LIKE $1 AND anonymized_at IS NOT NULL`,
        [`S-${language}-%`],
      );
      expect(rowCount).toBe(1999);
    });
  });
});
