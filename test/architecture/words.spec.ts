import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { findingsIn, paragraphsOf, type Passage, passagesOf, WORDS } from '../support/voice';

const PROJECT = join(__dirname, '../..');

/** Names that keep their word, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  judgedOn: 'property of the API, and a column',
  FailurePlaceResponse: 'schema of the API',
  ERASURE_REMAINS_IN_DEAD_ROWS: 'health code of the API',
  'audit-tile.entity.ts place': 'column of the audit log',
};

const filesIn = (folder: string, name: RegExp): string[] =>
  readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(PROJECT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();

const SOURCES = [
  ...filesIn('src', /\.ts$/),
  ...filesIn('portal/src', /\.tsx?$/).filter((path) => path !== 'portal/src/api/schema.d.ts'),
];
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs', /\.md$/), ...filesIn('src', /\.md$/)];

/** German texts have words of their own. */
const isGerman = (path: string) => /\/(?:[\w-]+\.)?de\.ts$/.test(path);

function passagesIn(path: string): Passage[] {
  const text = readFileSync(join(PROJECT, path), 'utf8');
  if (path.endsWith('.md')) return paragraphsOf(text);
  return passagesOf(path, text).filter(({ kind }) => kind !== 'TEXT' || !isGerman(path));
}

const exceptionFor = (path: string, { text, kind }: Passage): string | undefined =>
  kind === 'NAME' ? Object.keys(EXCEPTIONS).find((name) => `${path} ${text}`.endsWith(name)) : undefined;

const FOUND = [...SOURCES, ...DOCUMENTS].flatMap((path) =>
  passagesIn(path).flatMap((passage) =>
    findingsIn(passage).map((finding) => ({ line: `${path}:${finding}`, exception: exceptionFor(path, passage) })),
  ),
);

describe('words', () => {
  it('of comments, texts, names and documents are those of the field', () => {
    expect(SOURCES.length).toBeGreaterThan(700);
    expect(DOCUMENTS.length).toBeGreaterThan(50);
    expect(FOUND.filter(({ exception }) => exception === undefined).map(({ line }) => line)).toEqual([]);
  });

  it('have no exception that is not needed', () => {
    const needed = new Set(FOUND.map(({ exception }) => exception));
    expect(Object.keys(EXCEPTIONS).filter((name) => !needed.has(name))).toEqual([]);
  });

  describe('are found', () => {
    const examples = WORDS.flatMap((word) => word.examples.map((example) => ({ ...word, example })));

    it.each(examples)('$example', ({ example, not }) => {
      const passages = /^\w+$/.test(example)
        ? passagesOf('made-up.ts', `const ${example} = 1;`)
        : passagesOf('made-up.ts', `/** ${example} */\nconst nothing = 1;`);
      expect(passages.flatMap((passage) => findingsIn(passage)).join('\n')).toContain(`not "${not}"`);
    });

    it('in every kind of comment, text and name, with their lines', () => {
      const source = [
        '/**',
        ' * What was told.',
        ' */',
        'class Judge {',
        "  readonly error = 'It begins anew.'; // its patience ends",
        '  lookAt(place: string): string {',
        '    return `Whoever ${place} reads the stamps of it.`;',
        '  }',
        '}',
      ].join('\n');
      const found = passagesOf('made-up.ts', source).flatMap((passage) => findingsIn(passage));
      expect(found.map((line) => line.replace(/ but .*/, '')).sort()).toEqual([
        '1 not "told"',
        '4 not "judge"',
        '5 not "anew"',
        '5 not "patience"',
        '6 not "look"',
        '6 not "place"',
        '7 not "place"',
        '7 not "stamp"',
        '7 not "whoever"',
      ]);
    });

    it('in documents outside of code, with their lines', () => {
      const page = '# Title\n\nBatches are\njudged.\n\n```ts\njudge();\n```\n\n`judge` checks.\n\nIt goes on.\n';
      const found = paragraphsOf(page).flatMap((passage) => findingsIn(passage));
      expect(found).toEqual([
        '3 not "judge" but "check": Batches are judged.',
        '12 not "go on with" but "continue, resume": It goes on.',
      ]);
    });
  });

  it.each(WORDS.flatMap(({ allowed = [] }) => allowed))('are allowed: %s', (example) => {
    const source = /^\w+$/.test(example) ? `const ${example} = 1;` : `// ${example}\nconst nothing = 1;`;
    expect(passagesOf('made-up.ts', source).flatMap((passage) => findingsIn(passage))).toEqual([]);
  });
});
