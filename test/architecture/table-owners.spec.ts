import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import * as ts from 'typescript';

const PROJECT = join(__dirname, '../..');

/**
 * Tables that a part of the product may read although another part owns them, with the reason. No part may write a
 * foreign table.
 *
 * SQL generated from the data map (erasure, proof, reapplication, merge of the remaining tables) names no table in the
 * source, so it is exempt by design: a new table takes part in it without a new reader.
 */
const MAY_READ: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cli: {
    customer: 'the demo and the scan say which customers they mean',
    invoice: 'the rehearsal counts what it restored',
    selection: 'the command takes a selection by its name',
    selection_member: 'the rehearsal counts what it restored',
  },
  'data-map': {
    customer: 'the reapplication repeats erasures of anonymized customers',
  },
  metrics: {
    anonymization_run: 'the gauges of runs',
    anonymization_run_item: 'the gauges of runs',
    'audit.checkpoint': 'the gauges of the log',
    'audit.entry': 'the gauges of runs and their entries',
    'audit.pending': 'the gauges of the log',
    'audit.position': 'the gauges of the log',
  },
  records: {
    customer: 'the records of a customer are listed when the customer exists',
  },
  customer: {
    branch: 'the branch of a customer is checked and shown',
  },
  archive: {
    customer: 'access, seals and the purge depend on the state of the customer',
  },
  finance: {
    branch: 'a document number carries the code of its branch',
    customer: 'a document copies its recipient',
  },
  device: {
    customer: 'a lent device shows who has it',
    invoice: 'a sold device belongs to the customer of its invoice',
    invoice_line: 'a sold device belongs to the customer of its invoice',
  },
  selection: {
    address: 'criteria of a selection',
    branch: 'criteria of a selection',
    customer: 'a selection joins its criteria with all customers',
  },
  anonymization: {
    customer: 'the preview shows the customer',
    relationship: 'warnings about relatives who mention the customer',
    selection: 'a warning names the selections of a customer',
    selection_member: 'a warning names the selections of a customer',
  },
  runs: {
    'audit.entry': 'a replayed run gets the kind that its first entry says',
    customer: 'a preview freezes a million customers in one statement',
    employee: 'a claim ends with the rights of its administrator, in the same statement',
    former_identity: 'names in the reference of a run',
    selection: 'a run is about a selection and locks it',
    selection_member: 'a preview freezes a million members in one statement',
  },
  certificates: {
    customer: 'a certificate is about an anonymized customer',
  },
  worklist: {
    anonymization_run: 'open items of runs that have ended',
    anonymization_run_item: 'open items of runs that have ended',
    customer: 'a customer who is anonymized leaves the worklist',
  },
  merge: {
    address: 'the preview shows both customers',
    anonymization_run: 'the preview warns of runs',
    anonymization_run_item: 'the preview warns of runs',
    customer: 'the preview shows both customers',
    selection_member: 'the preview warns of selections',
  },
  replay: {
    'audit.entry': 'the ledger is compared with the log',
    customer: 'a ledger entry is matched to a restored row',
    legal_hold: 'a conflict shows whether a hold is in force',
  },
  import: {
    customer: 'references are resolved by number',
    invoice: 'references are resolved by number',
  },
  reporting: {
    branch: 'reports aggregate',
    cost_bearer: 'reports aggregate',
    cost_bearer_membership: 'reports aggregate',
    customer: 'reports aggregate',
    invoice: 'reports aggregate',
    stock_item: 'reports aggregate',
  },
  'mail-merge': {
    address: 'a letter needs the address',
    customer: 'a letter needs the name',
    marketing_consent: 'only customers with consent get a letter',
    selection: 'the letters of a selection',
    selection_member: 'the letters of a selection',
  },
  'personal-data': {
    customer: 'the export begins with the own row of the customer',
  },
};

const WRITES = [
  'MERGE INTO',
  'INSERT INTO',
  'INTO',
  'DELETE FROM',
  'UPDATE ONLY',
  'UPDATE',
  'LOCK TABLE',
  'TRUNCATE',
  'COPY',
];
const READS = ['FROM ONLY', 'FROM', 'JOIN', 'USING'];
const NAME = String.raw`(?:\w+\.)?[a-z_]\w*`;
const ITEM = `${NAME}(?:\\s+(?:AS\\s+)?[a-z_]\\w*)?`;
const TABLE_USE = new RegExp(
  `\\b(${[...WRITES, ...READS].map((words) => words.replace(' ', '\\s+')).join('|')})\\s+(${ITEM}(?:\\s*,\\s*${ITEM})*)`,
  'g',
);

interface TableUse {
  readonly kind: 'reads' | 'writes';
  readonly file: string;
  readonly reader: string;
  readonly table: string;
}

/** The part of the product that a file belongs to: a module, or a folder of `src`. */
const partOf = (file: string): string => /^src\/(?:modules\/)?([^/]+)/.exec(file)![1]!;

function sourcesOf(folder: string): ReadonlyMap<string, ts.SourceFile> {
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
function ownersOf(sources: ReadonlyMap<string, ts.SourceFile>): ReadonlyMap<string, string> {
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

/** Each (file, foreign table) pair, once for reading and once for writing. */
function foreignUsesIn(folder: string): TableUse[] {
  const sources = sourcesOf(folder);
  const owners = ownersOf(sources);
  const found = new Map<string, TableUse>();
  for (const [file, source] of sources)
    for (const text of textsOf(source))
      for (const [, keyword, list] of text.matchAll(TABLE_USE))
        for (const item of list!.split(',')) {
          const table = item.trim().split(/\s+/)[0]!;
          const owner = owners.get(table);
          if (owner === undefined || owner === partOf(file)) continue;
          const kind = READS.includes(keyword!.replace(/\s+/, ' ')) ? 'reads' : 'writes';
          found.set(`${kind} ${file} ${table}`, { kind, file, reader: partOf(file), table });
        }
  return [...found.values()];
}

const pairs = (uses: readonly TableUse[], kind: TableUse['kind']): string[] =>
  uses.filter((use) => use.kind === kind).map(({ file, table }) => `${file} → ${table}`);

describe('table owners', () => {
  const uses = foreignUsesIn(PROJECT);

  it('are the only writers of their tables', () => {
    expect(pairs(uses, 'writes')).toEqual([]);
  });

  it('are read by others only with a reason', () => {
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
      ].join('\n'),
      'src/cli/clean.ts': "export const F = 'DELETE FROM other USING till WHERE true';",
      'src/platform/keys.ts': "export const G = 'COPY coin FROM STDIN';",
    };
    let folder: string;
    let found: TableUse[];

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'lethe-owners-'));
      for (const [path, text] of Object.entries(FILES)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      found = foreignUsesIn(folder);
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

    it('every read of a foreign table, and no comment', () => {
      expect(pairs(found, 'reads').sort()).toEqual([
        'src/cli/clean.ts → till',
        'src/modules/visit/reads.ts → coin',
        'src/modules/visit/reads.ts → till',
      ]);
    });
  });
});
