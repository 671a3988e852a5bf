import { benchAudit } from './audit/audit.bench';
import { benchHostile } from './hostile/hostile.bench';
import { benchPortal } from './portal/portal.bench';
import { benchCalls } from './run/calls.bench';
import { benchPreview } from './run/preview.bench';
import { benchResume } from './run/resume.bench';
import { benchRun } from './run/run.bench';
import { benchSearch } from './search/search.bench';

/* `npm run bench -- [NAME] [options]`: measures the product on a throw-away database. */

type Benchmark = (args: readonly string[]) => Promise<void>;

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  run: benchRun,
  preview: benchPreview,
  calls: benchCalls,
  resume: benchResume,
  audit: benchAudit,
  search: benchSearch,
  portal: benchPortal,
  hostile: benchHostile,
};

/** Benchmarks without a name: the anonymization itself, in a few minutes. */
const DEFAULTS: readonly Benchmark[] = [benchRun, benchPreview, benchCalls, benchResume, benchAudit];

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined) {
    for (const benchmark of DEFAULTS) await benchmark([]);
    process.exit(0);
  }
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) {
    console.error(`usage: npm run bench -- [${Object.keys(BENCHMARKS).join(' | ')}] [options]`);
    process.exit(2);
  }
  await benchmark(args);
  process.exit(0);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error); // contains no real person
  process.exit(1);
});
