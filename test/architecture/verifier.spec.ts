import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isBuiltin } from 'node:module';
import ts from 'typescript';

const PROJECT = join(__dirname, '../..');
const VERIFIER = ['ledger-log', 'log-verifier', 'receipt-verifier'].map((name) => `src/modules/audit/proof/${name}.ts`);

/** The files of the verifier with everything that they need at run time, and the packages they name. */
function closure(): { readonly files: ReadonlyMap<string, string>; readonly packages: ReadonlySet<string> } {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    const source = readFileSync(join(PROJECT, path), 'utf8');
    files.set(path, source);
    for (const { fileName } of ts.preProcessFile(source).importedFiles)
      if (fileName.startsWith('.')) visit(relative(PROJECT, join(PROJECT, dirname(path), `${fileName}.ts`)));
      else packages.add(fileName);
  };
  VERIFIER.forEach(visit);
  return { files, packages };
}

/** Lines that are neither blank nor part of a comment nor a word of a list. */
const codeLines = (source: string) =>
  source.split('\n').filter((line) => !/^\s*(?:\/\/|\/\*|\*|'\w+',$|$)/.test(line)).length;

describe('the verifier', () => {
  const { files, packages } = closure();

  it('needs nothing but Node', () => {
    expect(packages.size).toBeGreaterThan(0);
    expect([...packages].filter((name) => !isBuiltin(name))).toEqual([]);
  });

  it('opens neither the network nor the database', () => {
    expect([...packages].sort()).toEqual(['node:crypto', 'node:fs', 'node:fs/promises', 'node:path']);
  });

  // 400 for tree, signatures, log and receipt; 40 for the epochs of the ledger, without which nobody can tell a replaced leader from a forger (ADR 0026)
  it('can be read in one sitting: at most 440 lines of code', () => {
    const lines = [...files.values()].map(codeLines).reduce((sum, count) => sum + count, 0);
    expect(lines).toBeLessThanOrEqual(440);
    expect(files.size).toBeGreaterThanOrEqual(6);
  });
});
