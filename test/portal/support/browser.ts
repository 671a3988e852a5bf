import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { PASSWORD, type TestApp } from '../../support/test-app';

const CHROMIUM = process.env.LETHE_TEST_CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const MAX_TABS = 80;
const MAX_WAIT_MS = 120_000;

export type Language = 'de' | 'en';

interface Options {
  readonly language?: Language;
  readonly scheme?: 'light' | 'dark';
}

/** A browser that opens the portal of an application and records what must never happen. */
export class PortalBrowser {
  /** console errors, uncaught errors, and requests to other origins */
  readonly complaints: string[] = [];

  private constructor(
    private readonly app: TestApp,
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', ({ message }) => this.complaints.push(`uncaught: ${message}`));
    page.on('console', (message) => {
      // tests provoke refusals of the API, which the browser reports as errors
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== this.origin)
        this.complaints.push(`third party: ${url.origin}`);
    });
  }

  static async open(app: TestApp, { language = 'de', scheme = 'light' }: Options = {}): Promise<PortalBrowser> {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: language === 'de' ? 'de-DE' : 'en-GB',
      timezoneId: 'Europe/Berlin',
      colorScheme: scheme,
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    // a document in the browser's own viewer has no storage
    await context.addInitScript(`globalThis.localStorage?.setItem('lethe.language', '${language}')`);
    context.setDefaultTimeout(MAX_WAIT_MS);
    return new PortalBrowser(app, browser, context, await context.newPage());
  }

  get origin(): string {
    return `http://localhost:${new URL(this.app.address).port}`;
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
  }

  /** Logs in on the requested page. */
  async logIn(username: string, path = '/', password = PASSWORD): Promise<void> {
    await this.goTo(path);
    await this.page.getByLabel(/^(Benutzername|User name)/).fill(username);
    await this.page.getByLabel(/^(Kennwort|Password)/).fill(password);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('navigation').waitFor();
  }

  /** Enters the password when the page asks for it again. */
  async confirmPassword(): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: /Kennwort bestätigen|Confirm your password/ });
    await dialog.getByLabel(/^(Kennwort|Password)/).fill(PASSWORD);
    await this.page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  }

  /** Moves the focus by keyboard. */
  async tabTo(wanted: Locator): Promise<void> {
    for (let pressed = 0; pressed < MAX_TABS; pressed++) {
      if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('The keyboard does not get there');
  }

  /** Waits for a condition that no locator can express. */
  async until(isSo: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + MAX_WAIT_MS; !(await isSo()); await this.page.waitForTimeout(50))
      if (Date.now() > deadline) throw new Error('It did not come about');
  }

  /** The file that an action makes the browser download. */
  async download(act: () => Promise<void>): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const download = this.page.waitForEvent('download');
    await act();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }

  /** The violations that axe finds on the current page, as `rule: target`. */
  async violations(): Promise<string[]> {
    await this.page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
    await this.page.evaluate(AXE); // not as a script element, which the page's policy refuses
    const { violations } = await this.page.evaluate<AxeResults>('axe.run()');
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.browser.close();
  }
}
