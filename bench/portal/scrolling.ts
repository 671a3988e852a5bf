import type { Browser, Page } from 'playwright-core';
import { type Task, tasksIn } from './tasks';

export interface Scrolling {
  /** milliseconds between two frames */
  readonly frames: readonly number[];
  /** tasks of the page's main thread */
  readonly tasks: readonly Task[];
  /** maximum number of rows in the document */
  readonly mostRows: number;
  /** number of rows that scrolled by */
  readonly rows: number;
}

const WHEEL_PX = 400;
const WHEEL_MS = 16;

const WATCH = `(() => {
  const table = document.querySelector('[role=table]');
  const seen = (globalThis.seen = { frames: [], mostRows: 0, rows: 0 });
  let before = performance.now();
  requestAnimationFrame(function frame(now) {
    seen.frames.push(now - before);
    before = now;
    const rows = table.querySelectorAll('[role=row]');
    seen.mostRows = Math.max(seen.mostRows, rows.length);
    seen.rows = Math.max(seen.rows, Number(rows[rows.length - 1].getAttribute('aria-rowindex')));
    requestAnimationFrame(frame);
  });
})()`;

/** Turns the wheel over the table of the page, faster than anyone reads. */
export async function scrolled(browser: Browser, page: Page, seconds: number): Promise<Scrolling> {
  const table = page.getByRole('table');
  await table.getByRole('row').nth(5).waitFor();
  await table.scrollIntoViewIfNeeded();
  await table.hover();
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  await page.evaluate(WATCH);
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.waitForTimeout(WHEEL_MS);
  }
  const seen = await page.evaluate<Omit<Scrolling, 'tasks'>>('globalThis.seen');
  return { ...seen, tasks: tasksIn(await browser.stopTracing()) };
}
