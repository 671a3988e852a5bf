// Breaks one line of the product at a time and runs the tests that should notice. `npm run test:mutation [-- WORD …]`
// selects mutants whose area, name or file contains one of the words. Exits with 1 if fewer than 85 % are noticed, if a
// survivor has no explanation, or if a mutant no longer applies.
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const MUTANTS = join(ROOT, 'test/mutation/mutants');
const ENVIRONMENT = join(ROOT, 'test/mutation/until-first-failure.cjs');
const WANTED_SHARE = 0.85;
/** A mutant that never ends counts as noticed. */
const TIMEOUT_MS = 300_000;
const LANES = Math.min(2, availableParallelism());

/**
 * @typedef {object} Mutant
 * @property {string} name what is wrong with the product, in a few words
 * @property {string} file
 * @property {string} find a text that occurs in the file once
 * @property {string} replace
 * @property {string[]} [specs] the tests that should notice; by default those of the area
 * @property {string} [tests] prefix of the names of the tests to run; the others are skipped
 * @property {string} [judged] why it may survive
 */

async function areas() {
  const files = readdirSync(MUTANTS).filter((name) => name.endsWith('.mjs'));
  const loaded = files.map(async (file) => {
    const { default: area } = await import(pathToFileURL(join(MUTANTS, file)).href);
    return area.mutants.map((mutant) => ({ area: file.replace('.mjs', ''), specs: area.specs, ...mutant }));
  });
  return (await Promise.all(loaded)).flat();
}

const isWanted = (words) => (mutant) =>
  words.length === 0 ||
  words.some((word) => [mutant.area, mutant.name, mutant.file].some((text) => text.includes(word)));

/** A copy of the checkout that may be broken. */
function copyOfProject() {
  const folder = mkdtempSync(join(tmpdir(), 'lethe-mutation-'));
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 };
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], options).split('\n').filter(Boolean);
  for (const file of files) if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Resolves to whether the tests fail, and how. The first failure of a file ends it. */
function jest(folder, specs, tests) {
  const needsDatabase = !specs.every((spec) => spec.startsWith('test/unit/'));
  const config = needsDatabase ? 'jest.config.cjs' : 'test/mutation/jest.unit.config.cjs';
  const program = join(ROOT, 'node_modules/jest/bin/jest.js');
  const args = [program, '--config', config, '--env', ENVIRONMENT, '--bail', '--runInBand', '--silent', ...specs];
  if (tests !== undefined) args.push('--testNamePattern', `^${tests}`);
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'test' },
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TIMEOUT_MS);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({
        isNoticed: code !== 0,
        by: /●\s+(.+)/.exec(output)?.[1] ?? (code === null ? 'no end' : `exit ${code}`),
        output,
      });
    });
  });
}

/** Applies the mutant; null if it no longer applies. */
function mutated(folder, { file, find, replace }) {
  const path = join(folder, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (text.split(find).length !== 2) return null;
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  return () => writeFileSync(path, text);
}

async function probe(folder, mutant) {
  const restore = mutated(folder, mutant);
  if (restore === null) return { ...mutant, result: 'stale', by: `${mutant.file} does not hold the text once` };
  const { isNoticed, by } = await jest(folder, mutant.specs, mutant.tests);
  restore();
  return { ...mutant, result: isNoticed ? 'noticed' : 'survived', by: isNoticed ? by : '' };
}

async function lane(queue, results) {
  const folder = copyOfProject();
  try {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const result = await probe(folder, mutant);
      results.push(result);
      console.log(
        `${result.result.padEnd(8)} ${result.area}: ${result.name}${result.by === '' ? '' : ` (${result.by})`}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fails if a test fails without a mutant, because mutants would then prove nothing. */
async function unmutated(specs) {
  const folder = copyOfProject();
  try {
    // one by one: together they exceed the timeout of a mutant
    for (const spec of specs) {
      const { isNoticed, output } = await jest(folder, [spec]);
      if (isNoticed) throw new Error(`The tests fail without a mutant:\n${output}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const mutants = (await areas()).filter(isWanted(process.argv.slice(2)));
if (mutants.length === 0) throw new Error('No mutant has such a name');
await unmutated([...new Set(mutants.flatMap(({ specs }) => specs))]);
const [queue, results] = [[...mutants], []];
await Promise.all(Array.from({ length: LANES }, () => lane(queue, results)));

const count = (result) => results.filter((one) => one.result === result).length;
console.log('\n| area | mutants | noticed |\n| --- | ---: | ---: |');
for (const area of new Set(results.map((one) => one.area))) {
  const own = results.filter((one) => one.area === area);
  console.log(`| ${area} | ${own.length} | ${own.filter(({ result }) => result === 'noticed').length} |`);
}
const share = count('noticed') / results.length;
const unjudged = results.filter(({ result, judged }) => result === 'survived' && judged === undefined);
console.log(
  `\n${count('noticed')} of ${results.length} noticed (${(share * 100).toFixed(1)} %), ${count('stale')} stale`,
);
for (const { area, name } of unjudged) console.log(`not judged: ${area}: ${name}`);
process.exit(share >= WANTED_SHARE && unjudged.length === 0 && count('stale') === 0 ? 0 : 1);
