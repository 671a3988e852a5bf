import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import ts from 'typescript';

const PROJECT = join(__dirname, '../..');

const FILES = readdirSync(join(PROJECT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(PROJECT, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .sort();

interface Source {
  readonly path: string;
  readonly tree: ts.SourceFile;
}

const SOURCES: readonly Source[] = FILES.filter((path) => path.endsWith('.ts')).map((path) => ({
  path,
  tree: ts.createSourceFile(path, readFileSync(join(PROJECT, path), 'utf8'), ts.ScriptTarget.ES2023, true),
}));

/** Every match of the rule in the sources, as `path:line what`. */
function findings(inspect: (node: ts.Node, path: string) => string | undefined, sources = SOURCES): string[] {
  const found: string[] = [];
  for (const { path, tree } of sources) {
    const visit = (node: ts.Node): void => {
      const what = inspect(node, path);
      if (what !== undefined)
        found.push(`${path}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`);
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return found;
}

const isExported = (node: ts.Node) => ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.ExportKeyword);

const hasModifier = (node: ts.HasModifiers, kind: ts.SyntaxKind) =>
  ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) === true;

const exportedClasses = ({ tree }: Source) =>
  tree.statements.filter((node): node is ts.ClassDeclaration => ts.isClassDeclaration(node) && isExported(node));

const pascal = (kebab: string) => kebab.replaceAll(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase());

describe('conventions', () => {
  it('apply to sources that exist', () => {
    expect(SOURCES.length).toBeGreaterThan(150);
  });

  it('files and folders are kebab-case, with a role as suffix', () => {
    const KEBAB_CASE = /^src(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)*\/[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+(?:-[a-z]+)*)?\.ts$/;
    const OF_A_LIBRARY = /^src\/libraries\/[a-z-]+\/(?:README\.md|vectors\/[a-z-]+\.json)$/;
    expect(FILES.filter((path) => !KEBAB_CASE.test(path) && !OF_A_LIBRARY.test(path))).toEqual([]);
  });

  it('no file has a generic name', () => {
    const VAGUE =
      /(?:^|[-.])(?:util|utils|helper|helpers|manager|info|common|misc|constants|types|interfaces)(?:[-.]|$)/;
    expect(FILES.filter((path) => VAGUE.test(basename(path)))).toEqual([]);
  });

  it('the class is named after its file', () => {
    const SUFFIXES: Readonly<Record<string, string>> = {
      command: '',
      query: '',
      entity: '',
      handler: 'Handler',
      controller: 'Controller',
      module: 'Module',
      guard: 'Guard',
      filter: 'Filter',
      saga: 'Saga',
    };
    const misnamed = SOURCES.flatMap((source) => {
      const [, name, role] = /([^/.]+)\.([a-z]+)\.ts$/.exec(source.path) ?? [];
      const suffix = SUFFIXES[role ?? ''];
      if (suffix === undefined) return [];
      const expected = pascal(name!) + suffix;
      return exportedClasses(source)
        .map((declaration) => declaration.name?.text ?? 'nothing')
        .filter((found) => found.toLowerCase() !== expected.toLowerCase())
        .map((found) => `${source.path} exports ${found} instead of ${expected}`);
    });
    expect(misnamed).toEqual([]);
  });

  it('at most 35 lines have more than 120 columns', () => {
    const portal = readdirSync(join(PROJECT, 'portal/src'), { recursive: true, withFileTypes: true })
      .filter((entry) => /\.tsx?$/.test(entry.name) && entry.name !== 'schema.d.ts')
      .map((entry) => relative(PROJECT, join(entry.parentPath, entry.name)));
    const long = [...SOURCES.map(({ path }) => path), ...portal].flatMap((path) =>
      readFileSync(join(PROJECT, path), 'utf8')
        .split('\n')
        .filter((line) => line.length > 120)
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(long.length > 35 ? long : []).toEqual([]);
  });

  it('nothing is exported as default', () => {
    const defaults = findings((node) => {
      const isDefault =
        ts.isExportAssignment(node) || (ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.DefaultKeyword));
      return isDefault ? 'default export' : undefined;
    });
    expect(defaults).toEqual([]);
  });

  it('only platform/config reads the environment', () => {
    const NPM_CALLED_FROM = 'process.env.INIT_CWD'; // npm's own variable, not a setting: relative paths of a command are resolved against it
    const readers = findings((node, path) => {
      if (path.startsWith('src/platform/config/')) return undefined;
      if (path.startsWith('src/cli/') && node.getText() === 'process.env' && node.parent.getText() === NPM_CALLED_FROM)
        return undefined;
      const [object, member] = ts.isPropertyAccessExpression(node)
        ? [node.expression, node.name.text]
        : ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
          ? [node.expression, node.argumentExpression.text]
          : [];
      if (object?.getText() === 'process' && member === 'env') return node.getText();
      return ts.isImportDeclaration(node) && /^['"](?:node:)?process['"]$/.test(node.moduleSpecifier.getText())
        ? node.getText()
        : undefined;
    });
    expect(readers).toEqual([]);
  });

  it('only commands write to the console', () => {
    const writers = findings((node, path) =>
      !path.startsWith('src/cli/') && ts.isIdentifier(node) && node.text === 'console'
        ? node.parent.getText()
        : undefined,
    );
    expect(writers).toEqual([]);
  });

  it('a statement of more than three lines lies in a queries folder', () => {
    const STATEMENT = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|VALUES|CREATE|ALTER|DECLARE|LOCK|COPY)\b/;
    const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
      [/\/anonymization\/[a-z]+\.(?:blockers|warnings)\.ts$/, 'a participant states its rules beside its step'],
      [/^src\/modules\/data-map\/[a-z]+-statements\.ts$/, 'generates SQL from the data map'],
      [/^src\/modules\/archive\/anonymization\/sealed-copy-statements\.ts$/, 'generates SQL from the data map'],
      [/^src\/modules\/audit\/recorded-statement\.ts$/, 'completes generated statements with their audit entries'],
      [/^src\/platform\//, 'technology is no module: it keeps its few statements where it runs them'],
    ];
    const places = findings((node, path) => {
      if (path.includes('/queries/') || !(ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)))
        return undefined;
      const text = node.getText().slice(1, -1);
      const lines = text.split('\n').filter((line) => line.trim() !== '').length;
      return lines > 3 && STATEMENT.test(text) ? `${lines} lines` : undefined;
    }).map((place) => ({ place, reason: ELSEWHERE.find(([path]) => path.test(place.split(':')[0]!)) }));
    expect(places.filter(({ reason }) => reason === undefined)).toEqual([]);
    // a reason that no file needs any more goes
    expect(ELSEWHERE.filter((reason) => !places.some((found) => found.reason === reason))).toEqual([]);
  });

  it('two modules are global: a module says in its imports what else it needs', () => {
    const global = findings((node) =>
      ts.isDecorator(node) && node.getText() === '@Global()'
        ? (node.parent as ts.ClassDeclaration).name?.text
        : undefined,
    );
    expect(global.map((finding) => finding.split(' ')[1])).toEqual(['DatabaseModule', 'PlatformModule']);
  });

  // Both are fire and forget: a handler that still runs at the commit loses its audit entry, and one exception ends a
  // saga for the life of the process.
  it('nothing is sent without waiting for it: no EventBus, no @Saga()', () => {
    const FORGETTING = new Set([
      'Saga',
      'EventBus',
      'EventPublisher',
      'EventsHandler',
      'AggregateRoot',
      'IEventHandler',
    ]);
    const used = findings((node) => (ts.isIdentifier(node) && FORGETTING.has(node.text) ? node.text : undefined));
    expect(used).toEqual([]);
  });
});
