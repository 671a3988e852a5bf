import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import * as library from '../../src/libraries/transparency-log';
import { NoteVerifier, openCheckpoint, provesConsistency, provesInclusion } from '../../src/libraries/transparency-log';
import checkpoints from '../../src/libraries/transparency-log/vectors/checkpoints.json';
import consistency from '../../src/libraries/transparency-log/vectors/consistency.json';
import inclusion from '../../src/libraries/transparency-log/vectors/inclusion.json';

const FOLDER = join(__dirname, '../../src/libraries/transparency-log');
const bytes = (base64: string) => Buffer.from(base64, 'base64');

describe('the vectors of the transparency log library', () => {
  it.each(inclusion)('inclusion: $desc', ({ leafIdx, treeSize, root, leafHash, proof, wantErr }) => {
    const claim = { leaf: leafIdx, size: treeSize, root: bytes(root), hash: bytes(leafHash), proof: proof.map(bytes) };
    expect(provesInclusion(claim)).toBe(!wantErr);
  });

  it.each(consistency)('consistency: $desc', ({ size1, size2, root1, root2, proof, wantErr }) => {
    const roots = { olderRoot: bytes(root1), newerRoot: bytes(root2) };
    expect(provesConsistency({ older: size1, newer: size2, ...roots, proof: proof.map(bytes) })).toBe(!wantErr);
  });

  it.each(checkpoints)('checkpoints: $desc', ({ verifier, note, checkpoint }) => {
    const opened = openCheckpoint(note, [NoteVerifier.from(verifier)]);
    expect(opened && { ...opened, root: opened.root.toString('base64') }).toEqual(checkpoint);
  });
});

describe('the README of the transparency log library', () => {
  const [, example = ''] = /```ts\n([^]*?)```/.exec(readFileSync(join(FOLDER, 'README.md'), 'utf8')) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'lethe-readme-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has an example that compiles', () => {
    expect(problemsOf(`${example}\ndeclare const folder: string;\n`)).toEqual([]);
    expect(problemsOf(`${example}\nfolder.length;\n`)).not.toEqual([]);
  });

  it('has an example that prints its results', async () => {
    const { outputText } = ts.transpileModule(example.replaceAll(/^import .*$/gm, ''), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
    });
    const body = `return (async () => { ${outputText} return { isIncluded, verdict, isSameRoot }; })()`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the example is ours
    const run = new Function('folder', ...Object.keys(library), body) as (...values: unknown[]) => Promise<unknown>;
    expect(await run(folder, ...Object.values(library))).toMatchObject({
      isIncluded: true,
      isSameRoot: true,
      verdict: { problem: null, entries: 3, checkpoint: { size: 3 } },
    });
  });

  it.each(['integrate', 'publish', 'checkpoint', 'sequence', 'witness'])('explains the word %s', (word) => {
    expect(readFileSync(join(FOLDER, 'README.md'), 'utf8')).toMatch(new RegExp(`^- \\*\\*${word}\\*\\*:`, 'im'));
  });
});

/** Compiler errors of a text placed next to index.ts, under the rules of this project. */
function problemsOf(text: string): string[] {
  const path = join(FOLDER, 'example.ts');
  const { config } = ts.readConfigFile(join(__dirname, '../../tsconfig.json'), (file) =>
    readFileSync(file, 'utf8'),
  ) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, join(__dirname, '../..'));
  const strict = {
    ...options,
    noEmit: true,
    noUnusedLocals: false,
    module: ts.ModuleKind.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(strict);
  const [fileExists, getSourceFile] = [host.fileExists.bind(host), host.getSourceFile.bind(host)];
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram([path], strict, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
