import { parse } from 'csv-parse/sync';
import { textOfPages } from '../support/pdf-text';
import { TestApp } from '../support/test-app';
import { type Language, PortalBrowser } from './support/browser';

interface LetterRow {
  readonly customerNumber: string;
  readonly letter: string;
}

/** Visible texts, by language. */
const WORDS = {
  de: {
    create: 'Neue Selektion',
    branch: 'Filiale',
    bornBefore: 'Geboren vor dem',
    deceased: 'Verstorben',
    name: /^Name der Selektion/,
    save: 'Selektion speichern',
    numbers: 'Kundennummern',
    list: 'Kunden der Selektion',
    found: (count: number) => (count === 1 ? '1 Kunde' : `${count} Kunden`),
    unknown: /1 Nummer gehört zu keinem oder/,
    letters: 'Serienbrief',
    never: /Anonymisierte Kunden bekommen nie einen/,
    template: /^Text des Briefs/,
    insertLastName: 'Nachname einfügen',
    contractual: /^Der Brief betrifft einen Vertrag/,
    pdf: 'Als PDF herunterladen',
    csv: 'Als CSV herunterladen',
    unknownPlaceholder: /einen unbekannten Platzhalter/,
    anonymize: 'Anonymisieren …',
    check: (name: string) => `${name} prüfen`,
    invalid: 'Ungültig',
  },
  en: {
    create: 'New selection',
    branch: 'Branch',
    bornBefore: 'Born before',
    deceased: 'Deceased',
    name: /^Name of the selection/,
    save: 'Save selection',
    numbers: 'customer numbers',
    list: 'Customers of the selection',
    found: (count: number) => (count === 1 ? '1 customer' : `${count} customers`),
    unknown: /1 number belongs to no customer/,
    letters: 'Letters',
    never: /Anonymized customers never get one/,
    template: /^Text of the letter/,
    insertLastName: 'Insert Last name',
    contractual: /^The letter concerns a contract/,
    pdf: 'Download as PDF',
    csv: 'Download as CSV',
    unknownPlaceholder: /an unknown placeholder/,
    anonymize: 'Anonymize …',
    check: (name: string) => `Check ${name}`,
    invalid: 'Invalid',
  },
} as const;

describe('selections in the portal', () => {
  let app: TestApp;
  let portal: PortalBrowser;

  beforeAll(async () => {
    app = await TestApp.start();
    const branch_id = await app.records.insert('branch', { code: 'ULM' });
    const customer = async (customer_number: string, last_name: string, birth_date: string) => {
      const customer_id = await app.records.customer({ customer_number, branch_id, last_name, birth_date });
      const address = { customer_id, street: 'Weg 1', postal_code: '89073', city: 'Ulm' };
      await app.records.insert('address', address);
    };
    for (const language of ['de', 'en']) {
      await customer(`S-${language}-1`, 'Sonnenblum', '1939-01-01');
      await customer(`S-${language}-2`, 'Mondschein', '1938-01-01');
      await customer(`S-${language}-3`, 'Jungbluth', '1990-01-01');
    }
    await app.records.customer({ customer_number: 'S-far', birth_date: '1930-01-01' });
  });
  afterEach(async () => {
    await portal.close();
    expect(portal.complaints).toEqual([]);
  });
  afterAll(() => app.stop());

  const forget = async (customerNumber: string) => {
    const admin = await app.as('admin');
    const { body } = await admin.get(`/api/v1/customers/by-number/${customerNumber}`).expect(200);
    await admin
      .post(`/api/v1/customers/${body.id}/anonymization`)
      .send({ confirmation: customerNumber, reason: 'ERASURE_REQUEST' })
      .expect(200);
  };

  const count = async (): Promise<number> => {
    const employee = await app.as('employee');
    const { body } = await employee
      .post('/api/v1/selections/count')
      .send({ branchCode: 'ULM', bornBefore: '1940-01-01' })
      .expect(200);
    return body.count as number;
  };

  describe.each(['de', 'en'] as const)('in %s', (language: Language) => {
    const words = WORDS[language];

    it('are built by criteria with a live count, saved, viewed, and get letters', async () => {
      portal = await PortalBrowser.open(app, { language });
      await portal.logIn('employee', '/selections');
      const { page } = portal;
      const addresses = new Set<string>();
      page.on('request', (request) => addresses.add(request.url()));
      await page.getByRole('link', { name: words.create }).click();
      await page.getByLabel(words.branch).selectOption('ULM');
      const status = page.getByRole('status');
      const everybody = (
        await app.sql.query(`SELECT FROM customer c JOIN branch b ON b.id = c.branch_id
        WHERE b.code = 'ULM' AND c.anonymized_at IS NULL`)
      ).rowCount!;
      await status.filter({ hasText: words.found(everybody) }).waitFor();
      await page.getByLabel(words.bornBefore).fill('1940-01-01');
      const old = await count();
      await status.filter({ hasText: words.found(old) }).waitFor();
      await page.getByRole('checkbox', { name: words.deceased }).check();
      await status.filter({ hasText: words.found(0) }).waitFor();
      await page.getByRole('checkbox', { name: words.deceased }).uncheck();
      await status.filter({ hasText: words.found(old) }).waitFor();
      expect(await portal.violations()).toEqual([]);
      const name = `Ulm ${language}`;
      await page.getByLabel(words.name).fill(name);
      await page.getByRole('button', { name: words.save }).click();
      const members = page.getByRole('table', { name: words.list });
      await members.getByRole('cell', { name: `S-${language}-1` }).waitFor();
      expect(await members.getByRole('row').count()).toBe(old + 1); // includes the header row
      expect(await members.getByRole('cell', { name: 'Jungbluth' }).count()).toBe(0);
      expect(await page.getByRole('link', { name: words.anonymize }).count()).toBe(0); // not for employees
      expect(await portal.violations()).toEqual([]);

      await forget(`S-${language}-2`);
      await page.getByRole('link', { name: words.letters }).click();
      await page.getByText(words.never).waitFor();
      const template = page.getByLabel(words.template);
      await template.fill('Guten Tag {{nachname}}');
      await page.getByRole('button', { name: words.pdf }).click();
      await page.getByText(words.unknownPlaceholder).waitFor();
      expect(await portal.violations()).toEqual([]);
      await template.fill('Guten Tag !');
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.getByRole('button', { name: words.insertLastName }).click();
      expect(await template.inputValue()).toBe('Guten Tag {{lastName}}!');
      const advertising = await portal.download(() => page.getByRole('button', { name: words.csv }).click());
      expect(parse(advertising.bytes, { columns: true, bom: true })).toEqual([]); // no customer has consented
      await page.getByLabel(words.contractual).check();
      const csv = await portal.download(() => page.getByRole('button', { name: words.csv }).click());
      expect(csv.name).toMatch(/\.csv$/);
      const letters = parse<LetterRow>(csv.bytes, { columns: true, bom: true });
      const mine = letters.filter(({ customerNumber }) => customerNumber.startsWith(`S-${language}`));
      expect(mine).toEqual([
        expect.objectContaining({ customerNumber: `S-${language}-1`, letter: 'Guten Tag Sonnenblum!' }),
      ]);
      const pdf = await portal.download(() => page.getByRole('button', { name: words.pdf }).click());
      expect(pdf.name).toMatch(/\.pdf$/);
      const pages = textOfPages(pdf.bytes);
      expect(pages).toHaveLength(letters.length);
      for (const [index, text] of pages.entries()) {
        expect(text).toContain(letters[index]!.letter);
        expect(text).toContain('89073 Ulm');
      }
      expect(await portal.violations()).toEqual([]);
      for (const address of addresses)
        expect(decodeURIComponent(address)).not.toMatch(/ULM|1940-01-01|Sonnenblum|S-de|S-en/);
      expect(await page.title()).not.toContain('Ulm');
    });

    it('are built from pasted numbers by keyboard only, and anonymized', async () => {
      portal = await PortalBrowser.open(app, { language, scheme: 'dark' });
      await portal.logIn('admin', '/selections/new');
      const { page } = portal;
      const name = `Nummern ${language}`;
      await portal.tabTo(page.getByRole('radio').first());
      await page.keyboard.press('ArrowRight');
      await portal.tabTo(page.getByRole('textbox', { name: words.numbers }));
      for (const line of [`S-${language}-3`, '', `  S-${language}-3`, 'S-nobody']) {
        await page.keyboard.type(line);
        await page.keyboard.press('Enter');
      }
      await page
        .getByRole('status')
        .filter({ hasText: words.found(1) })
        .waitFor();
      await page.getByText(words.unknown).waitFor();
      expect(await portal.violations()).toEqual([]);
      await portal.tabTo(page.getByLabel(words.name));
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
      await page.getByRole('cell', { name: 'Jungbluth' }).waitFor();
      await portal.tabTo(page.getByRole('link', { name: words.anonymize }));
      await page.keyboard.press('Enter');
      const check = page.getByRole('button', { name: words.check(name) });
      await check.waitFor();
      expect(await portal.violations()).toEqual([]);
      await portal.tabTo(check);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/runs\/[0-9a-f-]+$/);
      await page.getByRole('cell', { name: `S-${language}-3`, exact: true }).waitFor();
    });

    it('report errors at the field', async () => {
      portal = await PortalBrowser.open(app, { language });
      await portal.logIn('employee', '/selections/new');
      const { page } = portal;
      await page.getByLabel(words.name).fill('Zeile\u0007mit Steuerzeichen');
      await page.getByRole('button', { name: words.save }).click();
      await page.getByText(words.invalid).waitFor();
      expect(await page.getByLabel(words.name).getAttribute('aria-invalid')).toBe('true');
      expect(await portal.violations()).toEqual([]);
    });
  });
});
