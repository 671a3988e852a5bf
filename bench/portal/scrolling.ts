import type { Page } from 'playwright-core';

export interface Scrolling {
  /** milliseconds between two frames */
  readonly frames: readonly number[];
  /** milliseconds in which the page could do nothing else, where they were more than 50 */
  readonly longTasks: readonly number[];
  /** in the document at the same time */
  readonly mostRows: number;
  /** of the list, that passed by */
  readonly rows: number;
}

const WHEEL_PX = 400;
const WHEEL_MS = 16;

const WATCH = `(() => {
  const table = document.querySelector('[role=table]');
  const seen = (globalThis.seen = { frames: [], longTasks: [], mostRows: 0, rows: 0 });
  new PerformanceObserver((list) => seen.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
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

/** Turns the wheel over the table of the page, faster than anybody reads. */
export async function scrolled(page: Page, seconds: number): Promise<Scrolling> {
  const table = page.getByRole('table');
  await table.getByRole('row').nth(5).waitFor();
  await table.scrollIntoViewIfNeeded();
  await table.hover();
  await page.evaluate(WATCH);
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.waitForTimeout(WHEEL_MS);
  }
  return page.evaluate<Scrolling>('globalThis.seen');
}
