import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FullCustomer } from '../support/full-customer';
import { archiveDocument } from '../support/documents';
import { fullCustomer } from '../support/full-customer';
import { type Login, TestApp } from '../support/test-app';
import { PortalBrowser } from './support/browser';
import { MISSING_WORD } from './support/missing-word';

/** `LETHE_PORTAL_SCREENSHOTS=docs/portal npm run test:portal -- pages` takes the screenshots of the documentation. */
const PICTURES = process.env.LETHE_PORTAL_SCREENSHOTS;

/** The tabs of a customer's page, as in the URL. */
const TABS = [
  'addresses',
  'relationships',
  'memberships',
  'insurance-cards',
  'consents',
  'invoices',
  'quotes',
  'receipts',
  'service-contracts',
  'bank-accounts',
  'care-cases',
  'device-loans',
  'cards',
  'enrollments',
  'documents',
] as const;

interface Shown {
  readonly name: string;
  readonly path: () => string;
  readonly heading: RegExp;
}

describe('the pages of the portal', () => {
  let app: TestApp;
  let blocked: string;
  let known: FullCustomer;
  let forgotten: FullCustomer;
  let runId: string;
  let selectionId: string;
  let portal: PortalBrowser;

  beforeAll(async () => {
    app = await TestApp.start();
    await app.records.insert('branch', { code: 'HAMBURG' });
    blocked = await app.records.customer({ customer_number: 'K-8001', last_name: 'Sonnenblum', first_name: 'Erika' });
    await app.records.insert('care_case', { customer_id: blocked, status: 'OPEN', number: 'VF-8001' });
    await archiveDocument(app, blocked, { title: 'Anpassprotokoll', fileName: 'anpassung.txt' });
    await archiveDocument(app, blocked, {
      title: 'Rechnungskopie',
      fileName: 'rechnung.pdf',
      mediaType: 'application/pdf',
      retentionClass: 'VOUCHER',
    });
    known = await fullCustomer(app.sql, 'Bebqo', await app.records.customer());
    forgotten = await fullCustomer(app.sql, 'Abaqo', await app.records.customer());
    const admin = await app.as('admin');
    const { body } = await admin
      .post(`/api/v1/customers/${forgotten.id}/anonymization`)
      .send({ confirmation: forgotten.customerNumber, reason: 'ERASURE_REQUEST', reference: 'T-4711' })
      .expect(200);
    runId = (body as { runId: string }).runId;
    const { body: saved } = await admin
      .post('/api/v1/selections')
      .send({ name: 'Alte Kunden Hamburg', criteria: {} })
      .expect(201);
    selectionId = (saved as { id: string }).id;
    const created = await admin
      .post('/api/v1/anonymization-runs')
      .send({ customerIds: [blocked] })
      .expect(202);
    for (let state = ''; state !== 'PREVIEWED';)
      ({ state } = (await admin.get(`/api/v1/anonymization-runs/${created.body.id}`).expect(200)).body);
  });
  afterEach(() => portal.close());
  afterAll(() => app.stop());

  const RUNS: readonly Shown[] = [
    { name: 'runs', path: () => '/runs', heading: /^(Läufe|Runs)$/ },
    { name: 'run', path: () => `/runs/${runId}`, heading: /^(Lauf|Run)/ },
    { name: 'worklist', path: () => '/worklist', heading: /Wiedervorlage|Worklist/ },
    { name: 'receipt', path: () => `/receipts/${forgotten.id}`, heading: /Nachweis|Erasure certificate/ },
  ];
  const RULES: readonly Shown[] = [
    { name: 'data-map', path: () => '/data-map', heading: /Datenlandkarte|Data map/i },
    { name: 'processing', path: () => '/processing', heading: /Verarbeitung|processing/i },
  ];
  const REPORTS: readonly Shown[] = [{ name: 'reports', path: () => '/reports', heading: /^(Auswertungen|Reports)$/ }];
  const SELECTIONS: readonly Shown[] = [
    { name: 'selections', path: () => '/selections', heading: /^(Selektionen|Selections)$/ },
    { name: 'selection-new', path: () => '/selections/new', heading: /^(Neue Selektion|New selection)$/ },
    { name: 'selection', path: () => `/selections/${selectionId}`, heading: /^(Selektion|Selection)$/ },
    { name: 'letters', path: () => `/selections/${selectionId}/letters`, heading: /^(Serienbrief|Letters)$/ },
    { name: 'archive', path: () => `/archive/${blocked}`, heading: /^(Archiv|Archive)$/ },
    { name: 'archive-sealed', path: () => `/archive/${forgotten.id}`, heading: /^(Archiv|Archive)$/ },
  ];
  const CUSTOMERS: readonly Shown[] = [
    { name: 'customers', path: () => '/customers', heading: /^(Kunden|Customers)$/ },
    { name: 'customer', path: () => `/customers/${blocked}`, heading: /K-8001/ },
    { name: 'customer-invoices', path: () => `/customers/${known.id}/invoices`, heading: /K-Bebqo/ },
    { name: 'customer-anonymized', path: () => `/customers/${forgotten.id}/invoices`, heading: /K-Abaqo/ },
  ];
  const PAGES: Readonly<Record<Login, readonly Shown[]>> = {
    admin: [
      { name: 'anonymize', path: () => '/anonymize', heading: /^(Kunden anonymisieren|Anonymize customers)$/ },
      { name: 'anonymize-customer', path: () => `/anonymize/${blocked}`, heading: /K-8001/ },
      ...RUNS,
      {
        name: 'anonymize-selection',
        path: () => `/anonymize?selection=${selectionId}`,
        heading: /^(Kunden anonymisieren|Anonymize customers)$/,
      },
      ...CUSTOMERS,
      ...SELECTIONS,
      ...REPORTS,
      ...RULES,
      { name: 'employees', path: () => '/employees', heading: /^(Mitarbeiter|Employees)/ },
    ],
    employee: [...CUSTOMERS, ...SELECTIONS, ...REPORTS],
    compliance: [
      ...RUNS,
      ...RULES,
      { name: 'legal-holds', path: () => '/legal-holds', heading: /Aufbewahrungssperre|Legal hold/ },
      { name: 'audit', path: () => '/audit', heading: /^(Protokoll|Audit log)$/ },
      { name: 'verification', path: () => '/verification', heading: /^(Prüfung|Verification)/ },
    ],
  };

  describe.each([
    ['admin', 'de', 'light'],
    ['admin', 'en', 'dark'],
    ['employee', 'de', 'light'],
    ['employee', 'en', 'dark'],
    ['compliance', 'de', 'dark'],
    ['compliance', 'en', 'light'],
  ] as const)('for %s, in %s, %s', (login, language, scheme) => {
    it('show the expected content, without accessibility violations or errors', async () => {
      portal = await PortalBrowser.open(app, { language, scheme });
      await portal.logIn(login);
      const barriers: string[] = [];
      for (const { name, path, heading } of PAGES[login]) {
        await portal.goTo(path());
        await portal.page.getByRole('heading', { level: 1, name: heading }).waitFor();
        barriers.push(...(await portal.violations()).map((violation) => `${name}: ${violation}`));
        expect(await portal.page.title()).not.toMatch(/Sonnenblum|Erika|Vorname|Nachname/);
        expect(await portal.page.locator('main').innerText()).not.toMatch(MISSING_WORD);
        if (PICTURES !== undefined && language === 'de') {
          mkdirSync(PICTURES, { recursive: true });
          await portal.page.screenshot({ path: join(PICTURES, `${login}-${name}.png`) });
        }
      }
      expect(barriers).toEqual([]);
      expect(portal.complaints).toEqual([]);
    });
  });

  it.each([
    ['admin', 'de', 'known', 'light'],
    ['employee', 'en', 'known', 'dark'],
    ['admin', 'en', 'forgotten', 'light'],
  ] as const)('show %s, in %s, every tab of a customer who is %s', async (login, language, who, scheme) => {
    const { id } = who === 'known' ? known : forgotten;
    portal = await PortalBrowser.open(app, { language, scheme });
    await portal.logIn(login, `/customers/${id}`);
    const { page } = portal;
    await page.getByRole('tab').first().focus();
    const barriers: string[] = [];
    for (const tab of TABS) {
      await page.keyboard.press('ArrowDown');
      await page.waitForURL(`**/customers/${id}/${tab}`);
      const panel = page.getByRole('tabpanel');
      await panel.getByRole('heading', { level: 2 }).waitFor();
      if (who === 'known') await panel.getByRole('row').nth(1).waitFor(); // each tab lists a record below its header row
      barriers.push(...(await portal.violations()).map((violation) => `${tab}: ${violation}`));
      const text = await panel.innerText();
      expect(text).not.toMatch(MISSING_WORD);
      if (who === 'forgotten') {
        expect(await page.getByRole('button', { name: /Add|Change|Merge/ }).count()).toBe(0);
        expect(await panel.getByRole('button').count()).toBe(0);
        for (const token of forgotten.tokens) expect(text).not.toContain(token);
      }
      if (tab === 'documents' && who === 'forgotten') expect(text).toContain('sealed');
    }
    expect(barriers).toEqual([]);
    expect(portal.complaints).toEqual([]);
  });

  it.each([
    ['employee', '/audit'],
    ['employee', '/anonymize'],
    ['compliance', '/customers'],
    ['compliance', '/anonymize'],
    ['compliance', '/selections'],
    ['compliance', '/archive'],
    ['admin', '/audit'],
    ['admin', '/nirgends'],
  ] as const)('are hidden from roles without access: %s, %s', async (login, path) => {
    portal = await PortalBrowser.open(app);
    await portal.logIn(login, path);
    await portal.page.getByRole('heading', { level: 1, name: 'Seite nicht gefunden' }).waitFor();
  });

  it('let an employee resolve the blockers of a customer', async () => {
    portal = await PortalBrowser.open(app);
    await portal.logIn('employee', `/customers/${blocked}/care-cases`);
    await portal.page.getByRole('button', { name: 'Abschließen: VF-8001' }).click();
    const dialog = portal.page.getByRole('dialog');
    expect(await portal.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Abschließen' }).click();
    await portal.page.getByRole('cell', { name: 'Abgeschlossen' }).waitFor();
    const { body } = await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${blocked}/anonymization/preview`)
      .expect(200);
    expect(body.verdict).toBe('READY');
    expect(portal.complaints).toEqual([]);
  });

  it('filter the log by the URL, and open an entry', async () => {
    portal = await PortalBrowser.open(app);
    await portal.logIn('compliance', '/audit?action=CUSTOMER_DATA_ANONYMIZED');
    const entries = portal.page.getByRole('table', { name: 'Einträge des Protokolls' }).getByRole('row');
    await entries.nth(5).waitFor();
    expect(await entries.count()).toBe(6); // includes the header row: one row per module
    await portal.page.getByLabel('Bereich').selectOption('finance');
    await portal.page.waitForURL(/module=finance/);
    await portal.page.getByRole('cell', { name: 'Kundendaten anonymisiert' }).first().click();
    await portal.page.getByRole('dialog', { name: /Eintrag \d+/ }).waitFor();
    expect(await portal.violations()).toEqual([]);
    expect(portal.complaints).toEqual([]);
  });
});
