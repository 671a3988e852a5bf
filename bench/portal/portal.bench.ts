import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { BenchDatabase, PASSWORD } from '../bench-database';
import { machine } from '../machine';
import { ProductProcess } from '../product-process';
import { goal } from '../run/run-report';
import { median, quantile } from '../statistics';
import { longRun } from './long-run';
import { scrolled } from './scrolling';

const CHROMIUM = process.env.LETHE_TEST_CHROMIUM ?? '/usr/bin/chromium';
const MAX_FRAME_MS = 50;
const MAX_TASK_MS = 200;
/** the browsers' definition of a long task */
const LONG_TASK_MS = 50;
const MAX_LOAD_MS = 2_000;

/**
 * Measures the portal in a browser: scrolling the result table of a long run, and the first load with an empty cache.
 */
export async function benchPortal(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      customers: { type: 'string', default: '100000' },
      seconds: { type: 'string', default: '20' },
      repeats: { type: 'string', default: '3' },
      loads: { type: 'string', default: '9' },
    },
  });
  await BenchDatabase.use(null, async (database) => {
    console.log(await database.asAdministrator(machine));
    await database.fresh();
    const server = await ProductProcess.serve(database, { environment: { LETHE_WORKERS: '0' } });
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const sql = await database.connect();
    try {
      console.log(`Chromium ${browser.version()}, headless`);
      await printLoads(browser, server.address, Number(values.loads));
      const runId = await longRun(sql, Number(values.customers));
      await printScrolling(browser, `${server.address}/runs/${runId}`, Number(values.seconds), Number(values.repeats));
    } finally {
      await sql.end();
      await browser.close();
      await server.stop();
    }
  });
}

async function printLoads(browser: Browser, address: string, loads: number): Promise<void> {
  const measured: number[] = [];
  for (let load = 0; load < loads; load++)
    await onNewPage(browser, async (page) => void measured.push(await firstLoad(page, address)));
  const best = Math.min(...measured);
  console.log(
    `first load of ${loads}, ms: median ${median(measured).toFixed(0)}, worst ${Math.max(...measured).toFixed(0)}`,
  );
  console.log(goal('  best, ms', best, best <= MAX_LOAD_MS, `at most ${MAX_LOAD_MS}`));
}

/** Milliseconds from the navigation to a login form that accepts input. */
async function firstLoad(page: Page, address: string): Promise<number> {
  const start = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await username(page).fill('admin');
  return performance.now() - start;
}

async function printScrolling(browser: Browser, address: string, seconds: number, repeats: number): Promise<void> {
  for (let round = 1; round <= repeats; round++)
    await onNewPage(browser, async (page) => {
      await page.goto(address);
      await username(page).fill('admin');
      await page.getByLabel('Kennwort').fill(PASSWORD);
      await page.keyboard.press('Enter');
      const { frames, tasks, mostRows, rows } = await scrolled(browser, page, seconds);
      const usual = median(frames);
      const longest = Math.max(...tasks.map(({ cpu }) => cpu));
      const long = tasks.filter(({ wall }) => wall > LONG_TASK_MS).map(({ wall }) => wall);
      console.log(
        `round ${round}: ${rows} rows in ${seconds} s, at most ${mostRows} in the document; frames: p95 ${quantile(frames, 0.95).toFixed(0)} ms, ` +
          `p99 ${quantile(frames, 0.99).toFixed(0)} ms; by the clock ${long.length} tasks above ${LONG_TASK_MS} ms, the longest ${Math.max(0, ...long).toFixed(0)} ms`,
      );
      console.log(goal('  median frame, ms', usual, usual < MAX_FRAME_MS, `below ${MAX_FRAME_MS}`));
      console.log(goal('  longest task, ms of a processor', longest, longest <= MAX_TASK_MS, `at most ${MAX_TASK_MS}`));
    });
}

/** Opens a page in a new browser profile. */
async function onNewPage(browser: Browser, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'de-DE' });
  try {
    await work(await context.newPage());
  } finally {
    await context.close();
  }
}

const username = (page: Page) => page.getByLabel('Benutzername');
