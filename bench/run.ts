import { reportAndExit } from '../src/cli/report-and-exit';
import { benchSearch } from './search/search.bench';

/* `npm run bench -- NAME [options]`: measures the product on a throw-away database. */

const BENCHMARKS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { search: benchSearch };

async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) {
    console.error(`usage: npm run bench -- <${Object.keys(BENCHMARKS).join(' | ')}> [options]`);
    process.exit(2);
  }
  await benchmark(args);
  process.exit(0);
}

main(process.argv.slice(2)).catch(reportAndExit);
