import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { fullCustomer } from '../support/full-customer';
import { MASTER, masterData, RECORD_EXAMPLES } from '../support/record-examples';
import { type Login, TestApp } from '../support/test-app';
import { zipEntries } from '../support/zip-entries';
import { type Language, PortalBrowser } from './support/browser';
import { MISSING_WORD } from './support/missing-word';

const TIMEOUT_MS = 300_000;
const MONEY: readonly string[] = ['net', 'tax', 'gross', 'amount'];

/** Visible texts, by language. */
const WORDS = {
  de: {
    create: 'Neuer Kunde',
    add: 'Anlegen',
    anyway: 'Trotzdem anlegen',
    duplicates: 'Der Kunde ist möglicherweise schon angelegt',
    unknown: 'Nicht gefunden',
    noName: 'Bitte ausfüllen',
    taken: 'Die Kundennummer ist schon vergeben.',
    change: 'Ändern',
    save: 'Speichern',
    stale: 'Jemand anderes hat den Kunden inzwischen geändert',
    reload: 'Neu laden',
    other: 'Inzwischen gespeichert: Erika-Maria',
    actions: {
      payments: 'Zahlung buchen',
      credit: 'Gutschreiben',
      issue: 'Ausstellen',
      end: 'Beenden',
      sign: 'Unterschreiben',
      terminate: 'Kündigen',
      void: 'Für nichtig erklären',
      complete: 'Abschließen',
      cancel: 'Stornieren',
      resolve: 'Verbleib klären',
      invalidate: 'Ungültig machen',
    },
    tooSmall: 'Zu klein',
    overCredited: 'Die Gutschrift übersteigt den restlichen Rechnungsbetrag.',
    open: '119,00\u00a0€',
    merge: 'Zusammenführen',
    into: 'Zielkunde',
    confirmation: /^Zur Bestätigung die Nummer/,
    mergeSend: 'Endgültig zusammenführen',
    comparison: 'Vergleich beider Kunden',
    mergeDiffers: /weichen voneinander ab/,
    mergeAppends: 'Werte, die an die Notiz angehängt werden',
    merged: /mit einem anderen zusammengeführt/,
    export: 'Auskunft (Art. 15)',
    json: 'Als JSON herunterladen',
    zip: 'Als ZIP herunterladen',
  },
  en: {
    create: 'New customer',
    add: 'Add',
    anyway: 'Add anyway',
    duplicates: 'This customer may already exist',
    unknown: 'Not found',
    noName: 'Please fill in',
    taken: 'The customer number is already in use.',
    change: 'Change',
    save: 'Save',
    stale: 'Someone else has changed the customer',
    reload: 'Reload',
    other: 'Saved in the meantime: Erika-Maria',
    actions: {
      payments: 'Book payment',
      credit: 'Credit',
      issue: 'Issue',
      end: 'End',
      sign: 'Sign',
      terminate: 'Terminate',
      void: 'Declare void',
      complete: 'Complete',
      cancel: 'Cancel case',
      resolve: 'Resolve',
      invalidate: 'Invalidate',
    },
    tooSmall: 'Too small',
    overCredited: 'The credit exceeds the remaining invoice amount.',
    open: '€119.00',
    merge: 'Merge',
    into: 'Target customer',
    confirmation: /^To confirm, enter the number of the customer to close/,
    mergeSend: 'Merge permanently',
    comparison: 'Comparison of both customers',
    mergeDiffers: /dates of birth differ/,
    mergeAppends: 'Values that are appended to the note',
    merged: /was merged into another customer/,
    export: 'Personal data (Art. 15)',
    json: 'Download as JSON',
    zip: 'Download as ZIP',
  },
} as const;

type Verb = keyof (typeof WORDS)['de']['actions'];

describe.each([
  ['employee', 'de'],
  ['admin', 'en'],
] as const)('customers in the portal, for %s, in %s', (login: Login, language: Language) => {
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
    const customerNumber = `K-${++serial}`;
    const { body } = await (
      await app.as('admin')
    )
      .post('/api/v1/customers')
      .send({ customerNumber, branchCode: MASTER.branchCode, status: 'ACTIVE', lastName: 'Beispiel', ...values })
      .expect(201);
    return { id: body.id as string, customerNumber };
  };
  const read = async (path: string) => (await (await app.as('admin')).get(`/api/v1${path}`).expect(200)).body;
  const open = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const send = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
  const closed = () => dialog.waitFor({ state: 'detached' });

  /** A field by its name in the API. */
  const field = (name: string) => dialog.locator(`[data-path="${name}"]`);

  async function fill(name: string, value: unknown): Promise<void> {
    if (Array.isArray(value)) {
      for (const [index, row] of value.entries()) {
        await dialog.getByRole('button', { name: /^(Position hinzufügen|Add line)$/ }).click();
        for (const [column, content] of Object.entries(row as Readonly<Record<string, unknown>>))
          if (column !== 'position') await fill(`${name}.${index}.${column}`, content); // assigned by the API
      }
      return;
    }
    if (value === null) return;
    const input = field(name);
    const kind = await input.evaluate((element) => element.getAttribute('type') ?? element.tagName);
    if (kind === 'SELECT') await input.selectOption(value as string);
    else if (kind === 'checkbox') await input.setChecked(value as boolean);
    else if (name.endsWith('At'))
      await input.fill('2020-01-01T11:00'); // 10:00 UTC
    else if (MONEY.includes(name.split('.').at(-1)!)) await input.fill(euros(value as number));
    else await input.fill(typeof value === 'number' ? inWords(value) : (value as string));
  }
  const inWords = (value: number) => String(value).replace('.', language === 'de' ? ',' : '.');
  const euros = (cents: number) => inWords(cents / 100);

  it('are created after a check for duplicates', async () => {
    await portal.logIn(login, '/customers');
    await open(words.create);
    expect(await portal.violations()).toEqual([]);
    await fill('customerNumber', 'N-1');
    await fill('firstName', 'Erika');
    await fill('branchCode', MASTER.branchCode);
    await send(words.add);
    await dialog.getByText(words.noName).waitFor();
    expect(await field('lastName').getAttribute('aria-invalid')).toBe('true');
    await fill('lastName', 'Sonnenblum');
    await fill('branchCode', 'NIRGENDS');
    await send(words.add);
    await dialog.getByText(words.unknown).waitFor();
    expect(await portal.violations()).toEqual([]);
    await fill('branchCode', MASTER.branchCode);
    await send(words.add);
    await page.getByRole('heading', { level: 1, name: /N-1/ }).waitFor();

    await portal.goTo('/customers');
    await open(words.create);
    await fill('customerNumber', 'N-1');
    await fill('lastName', 'SONNENBLUM');
    await fill('firstName', 'Erika');
    await fill('branchCode', MASTER.branchCode);
    await send(words.add);
    const warning = dialog.getByRole('alert').filter({ hasText: words.duplicates });
    await warning.getByRole('link', { name: 'N-1' }).waitFor();
    expect(await portal.violations()).toEqual([]);
    await send(words.anyway);
    await dialog.getByText(words.taken).waitFor();
    await fill('customerNumber', 'N-2');
    await send(words.anyway);
    await page.getByRole('heading', { level: 1, name: /N-2/ }).waitFor();
    expect(`${page.url()} ${await page.title()}`).not.toMatch(/Sonnenblum/i);
    expect(await read('/customers/by-number/N-2')).toMatchObject({ customerNumber: 'N-2' });
  });

  it('are changed, and concurrent changes are not overwritten', async () => {
    const { id } = await customer({ firstName: 'Erika', email: 'old@example.org', note: 'bleibt' });
    await portal.logIn(login, `/customers/${id}`);
    await open(words.change);
    await fill('firstName', 'Erna');
    await fill('phone', '0711 1');
    await fill('note', '');
    const other = await app.as('admin');
    const { headers } = await other.get(`/api/v1/customers/${id}`).expect(200);
    await other
      .patch(`/api/v1/customers/${id}`)
      .set('If-Match', headers.etag as string)
      .send({ firstName: 'Erika-Maria', email: 'new@example.org' })
      .expect(200);

    await send(words.save);
    await dialog.getByRole('alert').filter({ hasText: words.stale }).waitFor();
    expect(await dialog.getByRole('button', { name: words.save }).isDisabled()).toBe(true);
    expect(await portal.violations()).toEqual([]);
    expect(await read(`/customers/${id}`)).toMatchObject({ firstName: 'Erika-Maria', phone: null });
    await send(words.reload);
    await dialog.getByText(words.other).waitFor();
    expect(await field('email').inputValue()).toBe('new@example.org');
    expect(await field('firstName').inputValue()).toBe('Erna');
    await send(words.save);
    await closed();
    expect(await read(`/customers/${id}`)).toMatchObject({
      firstName: 'Erna',
      email: 'new@example.org',
      phone: '0711 1',
      note: null,
      lastName: 'Beispiel',
    });
    await page.getByText('new@example.org').waitFor();
  });

  it(
    'get one record of each kind, with every field',
    async () => {
      const { id } = await customer();
      await portal.logIn(login, `/customers/${id}`);
      await page.getByRole('tab').first().focus();
      const barriers: string[] = [];
      for (let left = RECORD_EXAMPLES.length; left > 0; left--) {
        await page.keyboard.press('ArrowDown');
        const path = new URL(page.url()).pathname.split('/').at(-1)!;
        const example = RECORD_EXAMPLES.find((each) => each.path === path)!;
        const record = example.full(String(++serial));
        await page.getByRole('tabpanel').getByRole('button').first().click();
        for (const [name, value] of Object.entries(record)) await fill(name, value);
        for (const name of example.required)
          expect([path, name, await field(name).getAttribute('required')]).toEqual([path, name, '']);
        barriers.push(...(await portal.violations()).map((violation) => `${path}: ${violation}`));
        expect(await dialog.innerText()).not.toMatch(MISSING_WORD);
        await send(words.save);
        await closed();
        await page.getByRole('tabpanel').getByRole('row').nth(1).waitFor();
        const { items } = await read(`/customers/${id}/${path}`);
        expect(items).toHaveLength(1);
        expect(items[0]).toMatchObject({ ...record, ...example.shown });
        await page.locator('[role=tab][aria-selected=true]').focus();
      }
      expect(barriers).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it('show errors of the API at the field of a record', async () => {
    const { id } = await customer();
    await portal.logIn(login, `/customers/${id}/relationships`);
    await page.getByRole('tabpanel').getByRole('button').first().click();
    await fill('relatedCustomerNumber', 'NIEMAND');
    await fill('kind', 'CHILD');
    await send(words.save);
    await dialog.getByText(words.unknown).waitFor();
    expect(await field('relatedCustomerNumber').getAttribute('aria-invalid')).toBe('true');
    await fill('relatedCustomerNumber', MASTER.relatedCustomerNumber);
    await send(words.save);
    await page.getByRole('cell', { name: MASTER.relatedCustomerNumber }).waitFor();
  });

  describe('with open records', () => {
    const add = async (id: string, path: string, body: object) =>
      (await (await app.as('admin')).post(`/api/v1/customers/${id}/${path}`).send(body).expect(201)).body as {
        id: string;
        number: string;
      };
    const stored = async (id: string, path: string) =>
      (await read(`/customers/${id}/${path}`)).items as Readonly<Record<string, unknown>>[];
    const choose = (verb: Verb, record: string) =>
      page.getByRole('button', { name: `${words.actions[verb]}: ${record}`, exact: true });
    const begin = async (verb: Verb, record: string) => {
      await choose(verb, record).click();
      await dialog.waitFor();
      expect(await portal.violations()).toEqual([]);
      expect(await dialog.innerText()).not.toMatch(MISSING_WORD);
    };
    const act = async (verb: Verb) => {
      await send(words.actions[verb]);
      await closed();
    };
    const goTo = (id: string, tab: string) => portal.goTo(`/customers/${id}/${tab}`);

    const { branchCode, programCode } = MASTER;
    const money = { net: 10000, tax: 1900, gross: 11900 };
    const issued = { branchCode, kind: 'INVOICE', status: 'ISSUED', issuedOn: '2020-01-01', ...money };

    it('have invoices paid, credited and issued, and a quote ended', async () => {
      const { id } = await customer();
      const [paid, credited, quote] = [
        await add(id, 'invoices', issued),
        await add(id, 'invoices', issued),
        await add(id, 'quotes', { branchCode, status: 'OPEN', issuedOn: '2020-01-01', gross: 500 }),
      ];
      await add(id, 'invoices', { ...issued, status: 'DRAFT', number: `R-DRAFT-${language}` });
      await portal.logIn(login, `/customers/${id}/invoices`);

      await begin('payments', paid.number);
      expect(await field('amount').inputValue()).toBe(words.open);
      await fill('amount', 0);
      await send(words.actions.payments);
      await dialog.getByText(words.tooSmall).waitFor();
      const payment = {
        kind: 'PAYMENT',
        amount: 11900,
        paidOn: '2020-01-15',
        method: 'TRANSFER',
        payerName: 'Otto',
        iban: 'DE02 1203 0000 0000 2020 51',
        reference: 'R 1',
      };
      for (const [name, value] of Object.entries(payment)) await fill(name, value);
      await act('payments');
      await page.getByText(/Otto · DE02 1203/).waitFor();

      await begin('credit', credited.number);
      await fill('amount', 12000);
      await send(words.actions.credit);
      await dialog.getByText(words.overCredited).waitFor();
      await field('amount').clear();
      await act('credit');
      await begin('issue', `R-DRAFT-${language}`);
      await act('issue');
      await choose('issue', `R-DRAFT-${language}`).waitFor({ state: 'detached' });
      const documents = await stored(id, 'invoices');
      expect(documents).toHaveLength(4);
      expect(documents.find(({ number }) => number === paid.number)).toMatchObject({ balance: 0, payments: [payment] });
      expect(documents.find(({ creditsNumber }) => creditsNumber === credited.number)).toMatchObject({ gross: 11900 });
      expect(documents.every(({ status }) => status === 'ISSUED')).toBe(true);

      await goTo(id, 'quotes');
      await begin('end', quote.number);
      await act('end');
      await choose('end', quote.number).waitFor({ state: 'detached' });
      expect(await stored(id, 'quotes')).toMatchObject([{ status: 'ENDED', endReason: 'EMPLOYEE' }]);
    });

    it('have contracts signed, terminated and declared void', async () => {
      const { id } = await customer();
      const { number } = await add(id, 'service-contracts', { status: 'DRAFT', startsOn: '2020-01-01' });
      await portal.logIn(login, `/customers/${id}/service-contracts`);
      expect(await choose('terminate', number).count()).toBe(0);
      await begin('sign', number);
      await act('sign');
      await begin('terminate', number);
      await fill('effectiveOn', '2099-12-31');
      await act('terminate');
      await page.getByText(/2099/).first().waitFor();
      expect(await stored(id, 'service-contracts')).toMatchObject([
        { status: 'SIGNED', terminationEffectiveOn: '2099-12-31' },
      ]);
      await begin('void', number);
      await act('void');
      await choose('void', number).waitFor({ state: 'detached' });
      expect(await choose('terminate', number).count()).toBe(0);
      expect((await stored(id, 'service-contracts'))[0]!.voidedOn).not.toBeNull();
    });

    it('have care cases closed, device loans resolved, cards invalidated and enrollments ended', async () => {
      const { id } = await customer();
      const opened = { branchCode, type: 'FITTING', status: 'OPEN', openedOn: '2020-01-01' };
      const [completed, cancelled] = [await add(id, 'care-cases', opened), await add(id, 'care-cases', opened)];
      const serialNumber = `SN-${500 + ++serial}`;
      await add(id, 'device-loans', { serialNumber, kind: 'TRIAL', issuedOn: '2020-01-01' });
      const card = await add(id, 'cards', { number: `CARD-X-${language}` });
      await add(id, 'enrollments', { programCode, startsOn: '2020-01-01', cardNumber: card.number });
      const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format();

      await portal.logIn(login, `/customers/${id}/care-cases`);
      await begin('complete', completed.number);
      await act('complete');
      await begin('cancel', cancelled.number);
      await fill('on', '2020-02-01');
      await act('cancel');
      await choose('cancel', cancelled.number).waitFor({ state: 'detached' });
      const cases = await stored(id, 'care-cases');
      expect(cases.find((each) => each.number === completed.number)).toMatchObject({
        status: 'COMPLETED',
        closedOn: today,
      });
      expect(cases.find((each) => each.number === cancelled.number)).toMatchObject({
        status: 'CANCELLED',
        closedOn: '2020-02-01',
      });

      await goTo(id, 'device-loans');
      await begin('resolve', serialNumber);
      await fill('resolution', 'SOLD');
      await fill('resolvedOn', '2020-03-01');
      await act('resolve');
      await choose('resolve', serialNumber).waitFor({ state: 'detached' });
      expect(await stored(id, 'device-loans')).toMatchObject([{ resolution: 'SOLD', resolvedOn: '2020-03-01' }]);

      await goTo(id, 'cards');
      await begin('invalidate', card.number);
      await act('invalidate');
      await choose('invalidate', card.number).waitFor({ state: 'detached' });
      expect(await stored(id, 'cards')).toMatchObject([{ invalidatedOn: today }]);

      await goTo(id, 'enrollments');
      await begin('end', programCode);
      await fill('on', '2020-04-01');
      await act('end');
      await choose('end', programCode).waitFor({ state: 'detached' });
      expect(await stored(id, 'enrollments')).toMatchObject([{ endsOn: '2020-04-01' }]);
      const verdict = await (await app.as('admin')).post(`/api/v1/customers/${id}/anonymization/preview`).expect(200);
      expect(verdict.body.verdict).toBe('READY');
    });
  });

  it('have documents to download', async () => {
    const { id } = await customer();
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${id}/documents`)
      .field('type', 'LETTER')
      .field('retentionClass', 'NONE')
      .attach('file', Buffer.from('Guten Tag'), 'brief.txt')
      .expect(201);
    await portal.logIn(login, `/customers/${id}/documents`);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /brief\.txt/ }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toBe('Guten Tag');
    expect(await page.locator(`a[href="/archive/${id}"]`).count()).toBe(1);
  });

  if (login === 'employee')
    it('cannot be merged or exported', async () => {
      const { id } = await customer();
      await portal.logIn(login, `/customers/${id}`);
      await page.getByRole('button', { name: words.change }).waitFor();
      for (const name of [words.merge, words.export])
        expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    });
  else
    it('are exported, and merged into another one', async () => {
      const source = await fullCustomer(app.sql, 'Cecqo');
      const target = await customer({ lastName: 'Zweitschrift', birthDate: '1901-01-01', phone: '030 4711' });
      await portal.logIn(login, `/customers/${source.id}`);

      await open(words.export);
      expect(await portal.violations()).toEqual([]);
      const downloaded = async (name: string) => {
        const download = page.waitForEvent('download');
        await dialog.getByRole('link', { name }).click();
        return (await download).path();
      };
      const data = JSON.parse(readFileSync(await downloaded(words.json), 'utf8'));
      expect(data.customerNumber).toBe(source.customerNumber);
      const files = zipEntries(readFileSync(await downloaded(words.zip)));
      expect([...files.values()].some((file) => file.includes(source.customerNumber))).toBe(true);
      const compliance = await app.as('compliance');
      const exported = await compliance.get('/api/v1/audit-entries?action=PERSONAL_DATA_EXPORTED').expect(200);
      expect(exported.body.items).toHaveLength(2);
      await page.keyboard.press('Escape');
      await closed();

      await open(words.merge);
      expect(await portal.violations()).toEqual([]);
      await dialog.getByRole('textbox', { name: words.into }).fill(target.customerNumber);
      await dialog.getByRole('option', { name: /Zweitschrift/ }).click();
      const comparison = dialog.getByRole('table', { name: words.comparison });
      for (const text of [source.customerNumber, target.customerNumber, 'Zweitschrift'])
        await comparison.getByText(text, { exact: true }).first().waitFor();
      await dialog.getByText(words.mergeDiffers).waitFor();
      await dialog.getByText(words.mergeAppends).waitFor();
      expect(await portal.violations()).toEqual([]);
      const button = dialog.getByRole('button', { name: words.mergeSend });
      await dialog.getByLabel(words.confirmation).fill(target.customerNumber);
      expect(await button.isDisabled()).toBe(true);
      await dialog.getByLabel(words.confirmation).fill(source.customerNumber);
      expect(await portal.violations()).toEqual([]);
      await button.click();
      await page.getByRole('heading', { level: 1, name: new RegExp(`${target.customerNumber}$`) }).waitFor();
      expect(await read(`/customers/${source.id}`)).toMatchObject({ mergedIntoId: target.id });
      expect((await read(`/customers/${target.id}/bank-accounts`)).items).toHaveLength(1);

      await portal.goTo(`/customers/${source.id}`);
      await page.getByText(words.merged).waitFor();
      expect(await page.getByRole('button', { name: words.change, exact: true }).count()).toBe(0);
      expect(await portal.violations()).toEqual([]);
    });
});
