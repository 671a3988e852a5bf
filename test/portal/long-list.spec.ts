import type { Locator } from 'playwright-core';
import { longRun, numberInRow } from '../../bench/portal/long-run';
import { TestApp } from '../support/test-app';
import { PortalBrowser } from './support/browser';

const CUSTOMERS = 100_000;
const FAR = 5_000;
const PAGE = 200;
const ROW_PX = 53;
/** Rows visible in a window of the usual height, plus overscan. */
const MAX_ROWS = 60;

interface RowElement {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { readonly textContent: string } | null;
}

/** `npm run bench -- portal` measures its performance; this tests what it is based on. */
describe('the result table of a run of 100,000 customers', () => {
  let app: TestApp;
  let portal: PortalBrowser;
  let table: Locator;
  /** requested cursors; null: the first page */
  const asked: (string | null)[] = [];

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    const runId = await longRun(app.sql, CUSTOMERS);
    portal = await PortalBrowser.open(app);
    portal.page.on('request', (request) => {
      const url = new URL(request.url());
      if (!url.pathname.endsWith('/items')) return;
      expect(url.searchParams.get('limit')).toBe(String(PAGE));
      asked.push(url.searchParams.get('cursor'));
    });
    await portal.logIn('admin', `/runs/${runId}`);
    table = portal.page.getByRole('table', { name: 'Kunden des Laufs nach Kundennummer' });
    await table.getByRole('row').nth(5).waitFor();
  });
  afterAll(async () => {
    await portal.close();
    await app.stop();
    expect(portal.complaints).toEqual([]);
  });

  /** Positions of the rows in the document, after checking that each shows the customer at that position. */
  async function rows(): Promise<number[]> {
    const shown = await table.locator('[role=row][data-index]').evaluateAll((elements: readonly RowElement[]) =>
      elements.map((element) => ({
        position: Number(element.getAttribute('aria-rowindex')),
        number: element.querySelector('[role=cell]')!.textContent,
      })),
    );
    expect(shown.length).toBeLessThanOrEqual(MAX_ROWS);
    const positions = shown.map(({ position }) => position).sort((a, b) => a - b);
    for (const { position, number } of shown) expect(number).toBe(numberInRow(position));
    expect(positions).toEqual(positions.map((_, index) => positions[0]! + index)); // without gaps
    return positions;
  }

  it('shows the total, and renders only the visible rows', async () => {
    expect(await table.getAttribute('aria-rowcount')).toBe(String(CUSTOMERS));
    expect((await rows())[0]).toBe(1);
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it('loads page after page by the wheel, each once, and never renders more rows', async () => {
    await table.hover();
    for (let last = 0; last < FAR; last = (await rows()).at(-1)!) {
      await portal.page.mouse.wheel(0, 2_000);
      await portal.page.waitForTimeout(20);
    }
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThanOrEqual(FAR / PAGE);
    expect(asked.length).toBeLessThanOrEqual(FAR / PAGE + 10);
  });

  it('shows the right rows after a jump, also by keyboard', async () => {
    const { keyboard } = portal.page;
    await table.focus();
    await keyboard.press('Home');
    await portal.until(async () => (await rows())[0] === 1);
    await keyboard.press('PageDown');
    await portal.until(() => table.evaluate(({ scrollTop }) => scrollTop > 200));
    await rows();
    await keyboard.press('End');
    await portal.until(async () => (await rows()).at(-1)! >= FAR); // scrolls to the end of the loaded rows
    await table.evaluate((element, top) => element.scrollTo(0, top), (FAR / 2) * ROW_PX);
    await portal.until(async () => (await rows()).includes(FAR / 2));
  });
});
