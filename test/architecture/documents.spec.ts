import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

const PROJECT = join(__dirname, '../..');
const README_WORDS = 900;

const read = (file: string): string => readFileSync(join(PROJECT, file), 'utf8');

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`),
];

/** Markdown without code, where brackets are no links and `#` is no heading. */
const proseOf = (markdown: string): string => markdown.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '');

/** Targets of links and images within the project. */
const linksIn = (markdown: string): string[] =>
  [...proseOf(markdown).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target));

/** The anchors that GitHub generates for the headings of a page; a repeated heading gets a number. */
function anchorsIn(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading] of markdown.replaceAll(/^```.*?^```/gms, '').matchAll(/^#{1,6} +(.*?) *$/gm)) {
    const text = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = text.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Why a link of a document is broken; undefined if it is not. */
function faultOf(document: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? join(PROJECT, document) : resolve(PROJECT, dirname(document), decodeURIComponent(path));
  if (relative(PROJECT, file).startsWith('..') || !existsSync(file)) return 'no such file';
  if (anchor === undefined) return undefined;
  if (statSync(file).isDirectory() || !file.endsWith('.md')) return 'a heading of something that is no document';
  return anchorsIn(readFileSync(file, 'utf8')).has(anchor) ? undefined : 'no such heading';
}

/** Names that a document links to a file, such as [`Saga.run`](saga.ts), and that the file does not contain. */
function missingNamesIn(document: string, markdown: string): string[] {
  return [...markdown.matchAll(/\[`([\w.]+)`\]\(([^()\s#]+[.]ts)\)/g)].flatMap(([, name, path]) => {
    const file = resolve(PROJECT, dirname(document), path!);
    if (basename(file) === name || !existsSync(file)) return [];
    const source = readFileSync(file, 'utf8');
    const isMissing = name!.split('.').some((part) => !new RegExp(`\\b${part}\\b`).test(source));
    return isMissing ? [`${document}: ${name} in ${path}`] : [];
  });
}

describe('documents', () => {
  it(`the README has at most ${README_WORDS} words`, () => {
    expect(read('README.md').trim().split(/\s+/).length).toBeLessThanOrEqual(README_WORDS);
  });

  it('every relative link points to a file and a heading', () => {
    expect(DOCUMENTS.length).toBeGreaterThan(40);
    const links = DOCUMENTS.flatMap((document) => linksIn(read(document)).map((link) => [document, link] as const));
    expect(links.length).toBeGreaterThan(100);
    const broken = links.flatMap(([document, link]) => {
      const fault = faultOf(document, link);
      return fault === undefined ? [] : [`${document}: ${link}: ${fault}`];
    });
    expect(broken).toEqual([]);
  });

  it('every function that a document links to is in its file', () => {
    expect(read('docs/tour.md').match(/\[`\w+[.]\w+`\]/g)!.length).toBeGreaterThan(10);
    expect(DOCUMENTS.flatMap((document) => missingNamesIn(document, read(document)))).toEqual([]);
    const markdown = '[`serve`](src/main.ts), [`LetheConfig.absent`](src/main.ts)';
    expect(missingNamesIn('README.md', markdown)).toEqual(['README.md: LetheConfig.absent in src/main.ts']);
  });

  it('reads links and headings as GitHub does', () => {
    expect(linksIn('see [a](b.md#c), ![d](e.png) and `[f](g.md)`, not [h](https://i.example)')).toEqual([
      'b.md#c',
      'e.png',
    ]);
    expect([...anchorsIn('# One: a `thing`\n```sh\n# no heading\n```\n## Two\n## Two\n')]).toEqual([
      'one-a-thing',
      'two',
      'two-1',
    ]);
    expect(faultOf('README.md', 'docs/concepts.md#seal')).toBeUndefined();
    expect(faultOf('README.md', 'docs/concepts.md#seals')).toBe('no such heading');
    expect(faultOf('README.md', 'docs/missing.md')).toBe('no such file');
  });
});
