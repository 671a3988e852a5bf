import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';
import { archiveDocument } from '../support/documents';
import { TestApp } from '../support/test-app';
import { type Language, PortalBrowser } from './support/browser';

/** Leaves visible traces if a script of a document runs. */
const SCRIPT = `<script>document.title = 'owned'; fetch('/owned')</script><img src=x onerror="fetch('/owned')">`;
const PNG = readFileSync(join(__dirname, '../../docs/portal/admin-customer.png'));

const WORDS = {
  de: {
    pick: 'Kunde',
    list: 'Dokumente',
    add: 'Dokument hinzufügen',
    file: /^Datei/,
    type: /^Art/,
    title: /^Titel/,
    retention: /^Aufbewahrung/,
    date: /^Datum/,
    save: 'Archivieren',
    view: (name: string) => `${name} ansehen`,
    download: (name: string) => `${name} herunterladen`,
    close: 'Vorschau schließen',
    sealed: 'Das Archiv dieses Kunden ist versiegelt',
    tooLarge: 'Die Datei ist zu groß',
    missing: 'Bitte eine Datei wählen',
    scripts: /ausführbare Inhalte/,
    willBeSealed: 'wird versiegelt',
  },
  en: {
    pick: 'Customer',
    list: 'Documents',
    add: 'Add document',
    file: /^File/,
    type: /^Type/,
    title: /^Title/,
    retention: /^Retention/,
    date: /^Date/,
    save: 'Archive',
    view: (name: string) => `View ${name}`,
    download: (name: string) => `Download ${name}`,
    close: 'Close preview',
    sealed: 'The archive of this customer is sealed',
    tooLarge: 'The file is too large',
    missing: 'Please choose a file',
    scripts: /active content/,
    willBeSealed: 'will be sealed',
  },
} as const;

describe('the archive in the portal', () => {
  let app: TestApp;
  let portal: PortalBrowser;
  const owned: string[] = [];

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_UPLOAD_MEGABYTES: '1' });
    await app.records.insert('branch', { code: 'HAMBURG' });
  });
  afterEach(async () => {
    await portal.close();
    expect(portal.complaints).toEqual([]);
  });
  afterAll(() => app.stop());

  const open = async (language: Language, path: string) => {
    portal = await PortalBrowser.open(app, { language });
    portal.page.on('request', (request) => {
      if (request.url().includes('owned')) owned.push(request.url());
    });
    await portal.logIn('employee', path);
  };

  describe.each(['de', 'en'] as const)('in %s', (language) => {
    const words = WORDS[language];

    it('uploads, shows and downloads a document, by keyboard only', async () => {
      const number = `A-${language}-1`;
      await customer(number, 'Sonnenblum');
      await open(language, '/archive');
      const { page } = portal;
      await portal.tabTo(page.getByRole('textbox', { name: words.pick }));
      await page.keyboard.type(number);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/archive\/[0-9a-f-]{36}$/);
      expect(await portal.violations()).toEqual([]);

      await portal.tabTo(page.getByRole('button', { name: words.add }));
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: words.add });
      const chooser = page.waitForEvent('filechooser'); // set early, because the browser caches which responses are intercepted
      await portal.tabTo(dialog.getByLabel(words.file));
      await page.keyboard.press('Enter');
      const content = `Sehr geehrte Frau Sonnenblum\n${SCRIPT}`;
      await (await chooser).setFiles({ name: 'brief.html', mimeType: 'text/html', buffer: Buffer.from(content) });
      await portal.tabTo(dialog.getByLabel(words.type));
      await page.keyboard.type('CORRESPONDENCE');
      await portal.tabTo(dialog.getByLabel(words.title));
      await page.keyboard.type('Brief');
      await portal.tabTo(dialog.getByLabel(words.retention));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await portal.violations()).toEqual([]);
      await portal.tabTo(dialog.getByRole('button', { name: words.save }));
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('cell', { name: words.willBeSealed }).waitFor();

      await portal.tabTo(page.getByRole('button', { name: words.view('Brief') }));
      await page.keyboard.press('Enter');
      const preview = page.getByRole('dialog', { name: 'Brief' });
      expect(await preview.locator('pre, code').first().textContent()).toBe(content);
      expect(await portal.violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await preview.waitFor({ state: 'detached' });
      await page
        .locator(':focus')
        .and(page.getByRole('button', { name: words.view('Brief') }))
        .waitFor();

      await portal.tabTo(page.getByRole('link', { name: words.download('Brief') }));
      const file = await portal.download(() => page.keyboard.press('Enter'));
      expect([file.name, file.bytes.toString()]).toEqual(['brief.html', content]);
      expect(await page.title()).not.toContain('Sonnenblum');
      expect(page.url()).not.toContain('Sonnenblum');
    });

    it('shows images and PDF files, and nothing that could run scripts', async () => {
      const id = await customer(`A-${language}-2`, 'Mondschein');
      const text = new PDFDocument();
      text.text('Rechnung 4711');
      text.end();
      const documents = {
        Bild: [PNG, 'image/png'],
        Rechnung: [await buffer(text), 'application/pdf'],
        Verkleidet: [Buffer.from(SCRIPT), 'application/pdf'],
        Formular: [pdfWithScript(), 'application/pdf'],
        Seite: [Buffer.from(SCRIPT), 'text/html'],
        Zeichnung: [Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`), 'image/svg+xml'],
      } as const;
      for (const [title, [content, mediaType]] of Object.entries(documents))
        await archiveDocument(app, id, { title, content, mediaType, fileName: title });
      await open(language, `/archive/${id}`);
      const { page } = portal;
      const view = async (name: string) => {
        await page.getByRole('button', { name: words.view(name) }).click();
        return page.getByRole('dialog', { name });
      };
      const leave = async () => {
        await page.getByRole('button', { name: words.close }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      };

      const picture = (await view('Bild')).getByRole('img', { name: 'Bild' });
      await picture.waitFor();
      await portal.until(() => picture.evaluate(({ naturalWidth }: { naturalWidth: number }) => naturalWidth > 0));
      expect(await portal.violations()).toEqual([]);
      await leave();

      const invoice = await view('Rechnung');
      const frame = invoice.locator('iframe');
      expect(await frame.getAttribute('src')).toMatch(/^blob:/);
      // the browser's viewer has opened it as a page of its own, separate from the portal's
      await portal.until(() =>
        Promise.resolve(page.frames().some((each) => each.url().startsWith('chrome-extension:'))),
      );
      await leave();

      for (const name of ['Verkleidet', 'Formular']) {
        await (await view(name)).getByText(words.scripts).waitFor();
        expect(await page.locator('iframe').count()).toBe(0);
        expect(await portal.violations()).toEqual([]);
        await leave();
      }
      for (const name of ['Seite', 'Zeichnung']) {
        expect(await page.getByRole('button', { name: words.view(name) }).count()).toBe(0);
        const { bytes } = await portal.download(() => page.getByRole('link', { name: words.download(name) }).click());
        expect(bytes.toString()).toContain(SCRIPT);
      }
      expect(await page.title()).not.toBe('owned');
      expect(owned).toEqual([]);
    });

    it('reports missing or too large files at the field', async () => {
      const id = await customer(`A-${language}-3`, 'Jungbluth');
      await open(language, `/archive/${id}`);
      const { page } = portal;
      await page.getByRole('button', { name: words.add }).click();
      const dialog = page.getByRole('dialog', { name: words.add });
      await dialog.getByLabel(words.type).fill('LETTER');
      await dialog.getByLabel(words.retention).selectOption('VOUCHER');
      await dialog.getByLabel(words.date).fill('2024-03-01');
      await dialog.getByRole('button', { name: words.save }).click();
      await dialog.getByText(words.missing).waitFor();
      await dialog.locator('input[type=file]').setInputFiles({
        name: 'groß.bin',
        mimeType: 'application/octet-stream',
        buffer: Buffer.alloc(1_500_000, 1),
      });
      await dialog.getByRole('button', { name: words.save }).click();
      await dialog.getByText(words.tooLarge).waitFor();
      expect(await portal.violations()).toEqual([]);
      expect((await app.sql.query('SELECT FROM archive_document WHERE customer_id = $1', [id])).rowCount).toBe(0);
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'klein.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(900_000, 1) });
      await dialog.getByRole('button', { name: words.save }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('cell', { name: 'klein.bin', exact: true }).waitFor();
      const { rows } = await app.sql.query(
        'SELECT type, title, retention_class, created_on::text, size::int FROM archive_document WHERE customer_id = $1',
        [id],
      );
      expect(rows).toEqual([
        { type: 'LETTER', title: null, retention_class: 'VOUCHER', created_on: '2024-03-01', size: 900_000 },
      ]);
    });

    it('is closed once the customer is anonymized, which the page explains', async () => {
      const number = `A-${language}-4`;
      const id = await customer(number, 'Abendroth');
      await archiveDocument(app, id, { retentionClass: 'VOUCHER', title: 'Beleg Abendroth' });
      const admin = await app.as('admin');
      await admin
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation: number, reason: 'ERASURE_REQUEST' })
        .expect(200);
      await open(language, `/archive/${id}`);
      const { page } = portal;
      await page.getByText(words.sealed).waitFor();
      expect(await page.getByRole('button', { name: words.add }).count()).toBe(0);
      expect(await page.getByText('Abendroth').count()).toBe(0);
      expect(await portal.violations()).toEqual([]);
    });
  });

  async function customer(customer_number: string, last_name: string): Promise<string> {
    const employee = await app.as('employee');
    const { body } = await employee
      .post('/api/v1/customers')
      .send({ customerNumber: customer_number, branchCode: 'HAMBURG', status: 'ACTIVE', lastName: last_name })
      .expect(201);
    return body.id as string;
  }
});

/** A PDF that runs its script when it is opened. */
function pdfWithScript(): Buffer {
  const document = new PDFDocument();
  document.text('Formular');
  const root = (document as unknown as { _root: { data: Record<string, unknown> } })._root;
  root.data.OpenAction = { S: 'JavaScript', JS: new String('app.alert("owned");') };
  document.end();
  return document.read() as Buffer;
}
