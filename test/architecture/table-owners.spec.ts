import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import * as ts from 'typescript';

const PROJECT = join(__dirname, '../..');

/**
 * Tables that a part of the product reads by name although another part owns them, with the reason why the owner cannot
 * publish what is read. All other readers call a function of the owner, or join a relation of its `published.ts`: a text
 * of the owner in place of the table's name. No part may write a foreign table.
 *
 * SQL that reads the tables of the data map (proof, scan, contacts) names no table in the source, so it is exempt by
 * design: a new table takes part in it without a new reader.
 */
const MAY_READ: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  device: {
    invoice: 'the latest invoice of a sold device starts its period, and device and finance do not import each other',
    invoice_line: 'a line with the serial number tells which invoice that is',
  },
};

/**
 * Files with statements that write to a table whose name is a value, and the declaration that the name comes from. They
 * name no foreign table, so the owner's declaration alone decides what is written.
 */
const GENERATORS: Readonly<Record<string, string>> = {
  'src/modules/data-map/erasure-statements.ts': 'the treatments in the data map of the entities',
  'src/modules/data-map/text-statements.ts': '@Redact on columns of the entities',
  'src/modules/data-map/named-numbers.ts': '@KeepNumberOrSurrogate on columns of the entities',
  'src/modules/data-map/reapplication-statements.ts': 'the treatments in the data map of the entities',
  'src/modules/erasure-upkeep/maintenance-session.ts': 'the data map: locks a table to drop its statistics',
  'src/modules/import/staging.ts': 'temporary tables of the import itself',
  'src/modules/import/statements.ts': 'the import files, most of them generated from the entities',
  'src/modules/merge/record-moves.ts': '@OfCustomer and @OnMerge of the entities',
  'src/modules/records/record-store.ts': 'the records that the owners define for their entities',
};

const WRITES = [
  'INTO',
  'DELETE FROM ONLY',
  'DELETE FROM',
  'UPDATE ONLY',
  'UPDATE',
  'LOCK TABLE',
  'TRUNCATE TABLE',
  'TRUNCATE',
  'COPY',
];
const READS = ['FROM ONLY', 'FROM', 'JOIN', 'USING'];
/** A table, the place of an interpolated one, or the end of a text to which the name is appended. */
const NAME = String.raw`(?:\?|$|(?:\w+\.)?[a-z_]\w*)`;
const ITEM = `${NAME}(?:\\s+(?:AS\\s+)?[a-z_]\\w*)?`;
const TABLE_USE = new RegExp(
  `\\b(${[...WRITES, ...READS].map((words) => words.replaceAll(' ', '\\s+')).join('|')})\\s+(${ITEM}(?:\\s*,\\s*${ITEM})*)`,
  'g',
);

interface TableUse {
  readonly kind: 'reads' | 'writes';
  readonly file: string;
  readonly reader: string;
  readonly table: string;
}

/** Stands for the table of a write whose name is a value. */
const ANY_TABLE = '?';

/** The part of the product that a file belongs to: a module, or a folder of `src`. */
const partOf = (file: string): string => /^src\/(?:modules\/)?([^/]+)/.exec(file)![1]!;

/** Parsed sources by path. */
type Sources = ReadonlyMap<string, ts.SourceFile>;

function sourcesOf(folder: string): Sources {
  const files = readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return new Map(
    files.map((file) => [
      file,
      ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true),
    ]),
  );
}

/** The part that declares each table's entity. */
function ownersOf(sources: Sources): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [file, { text }] of sources)
    for (const [, declaration] of text.matchAll(/@Entity\(([^)]*)\)/g)) {
      const name = /^'(\w+)'/.exec(declaration!)?.[1] ?? /\bname: '(\w+)'/.exec(declaration!)?.[1];
      const schema = /\bschema: '(\w+)'/.exec(declaration!)?.[1];
      if (name === undefined) throw new Error(`${file} does not name its table`);
      owners.set(schema === undefined ? name : `${schema}.${name}`, partOf(file));
    }
  return owners;
}

/** The texts of all string and template literals, without comments. */
function textsOf(source: ts.SourceFile): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ? '));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/** Names of tables in literals and property names, such as `{ address: … }`. */
function namesIn(source: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) names.push(node.text);
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) names.push(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/**
 * Each (file, foreign table) pair, once for reading and once for writing, and each file that writes to a table whose
 * name is a value.
 */
function foreignUsesIn(sources: Sources): TableUse[] {
  const owners = ownersOf(sources);
  const found = new Map<string, TableUse>();
  for (const [file, source] of sources)
    for (const text of textsOf(source))
      for (const [, keyword, list] of text.matchAll(TABLE_USE))
        for (const item of list!.split(',')) {
          const table = item.trim().split(/\s+/)[0]! || ANY_TABLE;
          const kind = READS.includes(keyword!.replace(/\s+/, ' ')) ? 'reads' : 'writes';
          const owner = owners.get(table);
          const isForeign = owner !== undefined && owner !== partOf(file);
          if (!isForeign && !(table === ANY_TABLE && kind === 'writes')) continue;
          found.set(`${kind} ${file} ${table}`, { kind, file, reader: partOf(file), table });
        }
  return [...found.values()];
}

const pairs = (uses: readonly TableUse[], kind: TableUse['kind']): string[] =>
  uses.filter((use) => use.kind === kind && use.table !== ANY_TABLE).map(({ file, table }) => `${file} → ${table}`);

const generators = (uses: readonly TableUse[]): string[] =>
  uses.filter(({ table }) => table === ANY_TABLE).map(({ file }) => file);

/** Each (file, foreign table) pair of files that name a foreign table, in SQL or otherwise. */
function foreignNamesIn(sources: Sources, files: readonly string[]): string[] {
  const owners = ownersOf(sources);
  return files.flatMap((file) => {
    const names = new Set(namesIn(sources.get(file)!).filter((name) => owners.has(name)));
    return [...names].filter((name) => owners.get(name) !== partOf(file)).map((name) => `${file} → ${name}`);
  });
}

describe('table owners', () => {
  const sources = sourcesOf(PROJECT);
  const uses = foreignUsesIn(sources);

  it('are the only writers of their tables', () => {
    expect(pairs(uses, 'writes')).toEqual([]);
  });

  it('are written by generated SQL only as the owner declares it', () => {
    expect(generators(uses)).toEqual(Object.keys(GENERATORS).sort());
    expect(foreignNamesIn(sources, Object.keys(GENERATORS))).toEqual([]);
  });

  it('are read by others through what the owner publishes, or with a reason', () => {
    const unlisted = uses.filter(({ kind, reader, table }) => kind === 'reads' && !MAY_READ[reader]?.[table]);
    expect(pairs(unlisted, 'reads')).toEqual([]);
  });

  it('list no reader without a read', () => {
    const read = new Set(
      uses.filter(({ kind }) => kind === 'reads').map(({ reader, table }) => `${reader} → ${table}`),
    );
    const listed = Object.entries(MAY_READ).flatMap(([reader, tables]) =>
      Object.keys(tables).map((table) => `${reader} → ${table}`),
    );
    expect(listed.filter((pair) => !read.has(pair))).toEqual([]);
  });

  describe('detect in a miniature product', () => {
    const FILES: Readonly<Record<string, string>> = {
      'src/modules/shop/till.entity.ts': "@Entity('till') export class Till {}\n@Entity('coin') export class Coin {}",
      'src/modules/log/entry.entity.ts': "@Entity({ schema: 'log', name: 'entry' }) export class Entry {}",
      'src/modules/shop/own.ts': "export const OWN = 'UPDATE till SET open = true';",
      'src/modules/visit/writes.ts': [
        "export const A = 'INSERT INTO till VALUES (1)';",
        'export const B = `DELETE\n FROM coin`;',
        'export const C = (name: string) => `UPDATE\n log.entry SET x = ${name}`;',
      ].join('\n'),
      'src/modules/visit/more.ts':
        "export const D = ['MERGE INTO till', 'LOCK TABLE coin', 'TRUNCATE log.entry', 'COPY other FROM STDIN'];",
      'src/modules/visit/reads.ts': [
        '// SELECT FROM log.entry in a comment is no read',
        "export const E = 'SELECT FROM other o, till t JOIN coin ON true FOR UPDATE OF o';",
        'export const H = `SELECT FROM ${TILLS} AS till JOIN ${ENTRIES} entry ON true`;',
      ].join('\n'),
      'src/modules/visit/generated.ts': [
        'export const J = (table: string) => `DELETE FROM ${table} WHERE true`;',
        'export const K = { coin: 1, other: 2 };',
      ].join('\n'),
      'src/modules/visit/joined.ts': "export const L = (table: string) => 'UPDATE ONLY ' + table;",
      'src/modules/visit/events.ts': "export const M = ['UPDATE', 'FOR UPDATE', 'till', `TRUNCATE`];",
      'src/modules/shop/published.ts': "export const TILLS = '(SELECT id FROM till)';",
      'src/modules/visit/joins.ts': 'export const I = `SELECT FROM ${TILLS} AS t, log.entry e`;',
      'src/cli/clean.ts': "export const F = 'DELETE FROM other USING till WHERE true';",
      'src/platform/keys.ts': "export const G = 'COPY coin FROM STDIN';",
    };
    let folder: string;
    let miniature: Sources;
    let found: TableUse[];

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'lethe-owners-'));
      for (const [path, text] of Object.entries(FILES)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      miniature = sourcesOf(folder);
      found = foreignUsesIn(miniature);
    });

    afterAll(() => rmSync(folder, { recursive: true }));

    it('every write of a foreign table', () => {
      expect(pairs(found, 'writes').sort()).toEqual([
        'src/modules/visit/more.ts → coin',
        'src/modules/visit/more.ts → log.entry',
        'src/modules/visit/more.ts → till',
        'src/modules/visit/writes.ts → coin',
        'src/modules/visit/writes.ts → log.entry',
        'src/modules/visit/writes.ts → till',
        'src/platform/keys.ts → coin',
      ]);
    });

    it('every write of a table whose name is a value, and which tables its file names', () => {
      expect(generators(found)).toEqual(['src/modules/visit/generated.ts', 'src/modules/visit/joined.ts']);
      expect(foreignNamesIn(miniature, ['src/modules/visit/generated.ts', 'src/modules/visit/events.ts'])).toEqual([
        'src/modules/visit/generated.ts → coin',
        'src/modules/visit/events.ts → till',
      ]);
    });

    it('every read of a foreign table, and neither a comment nor a published relation', () => {
      expect(pairs(found, 'reads').sort()).toEqual([
        'src/cli/clean.ts → till',
        'src/modules/visit/joins.ts → log.entry',
        'src/modules/visit/reads.ts → coin',
        'src/modules/visit/reads.ts → till',
      ]);
    });
  });
});
