import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isBuiltin } from 'node:module';
import ts from 'typescript';

const PROJECT = join(__dirname, '../..');
const LIBRARY = 'src/libraries/transparency-log';
const VERIFIER = [
  `${LIBRARY}/ledger-verifier.ts`,
  `${LIBRARY}/log-verifier.ts`,
  'src/modules/audit/verification/receipt-verifier.ts',
];

/** The file that declares each export of the library. */
const DECLARED_IN: ReadonlyMap<string, string> = new Map(
  [...readFileSync(join(PROJECT, LIBRARY, 'index.ts'), 'utf8').matchAll(/export \{([^}]*)\} from '(.*)'/g)].flatMap(
    ([, names, file]) => namesIn(names!).map((name) => [name, `${LIBRARY}/${file!.slice(2)}.ts`] as const),
  ),
);

/**
 * The files needed to understand the verifier, and the packages that they import. Of the library's index.ts, only
 * imported names count.
 */
function closure(): { readonly files: ReadonlyMap<string, string>; readonly packages: ReadonlySet<string> } {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    const source = readFileSync(join(PROJECT, path), 'utf8');
    files.set(path, source);
    for (const { fileName } of ts.preProcessFile(source).importedFiles) {
      const target = relative(PROJECT, join(PROJECT, dirname(path), fileName));
      if (!fileName.startsWith('.')) packages.add(fileName);
      else if (target === LIBRARY) namesFrom(source, fileName).forEach((name) => visit(DECLARED_IN.get(name)!));
      else visit(`${target}.ts`);
    }
  };
  VERIFIER.forEach(visit);
  return { files, packages };
}

function namesFrom(source: string, specifier: string): string[] {
  const [, names] = new RegExp(`import (?:type )?\\{([^}]*)\\} from '${specifier.replaceAll('.', '\\.')}'`).exec(
    source,
  )!;
  return namesIn(names!);
}

function namesIn(list: string): string[] {
  return list.split(',').flatMap((name) => name.trim().replace(/^type /, '') || []);
}

/** Lines that are neither blank nor part of a comment nor a word of a list. */
const codeLines = (source: string) =>
  source.split('\n').filter((line) => !/^\s*(?:\/\/|\/\*|\*|'\w+',$|$)/.test(line)).length;

describe('the verifier', () => {
  const { files, packages } = closure();

  it('imports only Node modules', () => {
    expect(packages.size).toBeGreaterThan(0);
    expect([...packages].filter((name) => !isBuiltin(name))).toEqual([]);
  });

  it('loads only Node modules, even with the rest of the library', () => {
    const sources = new Set([...DECLARED_IN.values()].map((path) => readFileSync(join(PROJECT, path), 'utf8')));
    const imported = [...sources].flatMap((source) => ts.preProcessFile(source).importedFiles);
    const foreign = imported.map(({ fileName }) => fileName).filter((name) => !name.startsWith('./'));
    expect([...new Set(foreign)].sort()).toEqual(['node:crypto', 'node:fs', 'node:fs/promises', 'node:path']);
  });

  it('uses neither the network nor the database', () => {
    expect([...packages].sort()).toEqual(['node:crypto', 'node:fs', 'node:fs/promises', 'node:path']);
  });

  // 400 for tree, signatures, log and receipt; 40 for the epochs of the ledger, which distinguish a replaced leader
  // from a forger (ADR 26); 35 for the data maps that complete the effects of entries (ADR 32)
  it('can be read in one sitting: at most 475 lines of code', () => {
    const lines = [...files.values()].map(codeLines).reduce((sum, count) => sum + count, 0);
    expect(lines).toBeLessThanOrEqual(475);
    expect(files.size).toBeGreaterThanOrEqual(6);
  });
});
