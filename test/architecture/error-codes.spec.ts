import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { lineFor } from '../../src/cli/error-lines';
import { type ErrorCode, OPERATOR_CODES, PROBLEM_CODES } from '../../src/kernel/error-codes';
import { PROBLEM_DETAIL, PROBLEM_STATUS } from '../../src/platform/http/problem';

const SRC = join(__dirname, '../../src');
const CODES: readonly ErrorCode[] = [...PROBLEM_CODES, ...OPERATOR_CODES];

/** Files that list every code, and therefore do not count as uses. */
const TABLES = ['kernel/error-codes.ts', 'platform/http/problem.ts', 'cli/error-lines.ts'];

const SOURCES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !TABLES.includes(path))
  .map((path) => parsed(path, readFileSync(join(SRC, path), 'utf8')));

function parsed(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
}

function literalsIn(source: ts.SourceFile): ts.StringLiteral[] {
  const found: ts.StringLiteral[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether the literal is the first argument of `new DomainError`, or of `super` in a subclass. */
function isThrown({ parent }: ts.StringLiteral): boolean {
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'DomainError';
  if (!ts.isCallExpression(parent) || parent.expression.kind !== ts.SyntaxKind.SuperKeyword) return false;
  const parentClass = ts.findAncestor(parent, ts.isClassDeclaration);
  return parentClass?.heritageClauses?.some(({ types }) => types[0]?.expression.getText() === 'DomainError') === true;
}

/** Whether the literal creates the code: comparisons, types and the API description only mention it. */
function isUse(literal: ts.StringLiteral): boolean {
  const { parent } = literal;
  if (ts.isBinaryExpression(parent) || ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent)) return false;
  return !(ts.isCallExpression(parent) && parent.expression.getText() === 'apiProblem');
}

const thrownUndeclared = (sources: readonly ts.SourceFile[]): string[] =>
  sources
    .flatMap(literalsIn)
    .filter((literal) => isThrown(literal) && !CODES.some((code) => code === literal.text))
    .map((literal) => `${literal.getSourceFile().fileName}: ${literal.text}`);

function unusedIn(sources: readonly ts.SourceFile[]): ErrorCode[] {
  const used = new Set(
    sources
      .flatMap(literalsIn)
      .filter(isUse)
      .map((literal) => literal.text),
  );
  return CODES.filter((code) => !used.has(code));
}

describe('error codes', () => {
  it('are declared once', () => {
    expect(CODES).toEqual([...new Set(CODES)]);
  });

  it('thrown in src are declared', () => {
    expect(SOURCES.flatMap(literalsIn).filter(isThrown).length).toBeGreaterThan(100);
    expect(thrownUndeclared(SOURCES)).toEqual([]);
  });

  it('declared are used', () => {
    expect(unusedIn(SOURCES)).toEqual([]);
  });

  it('have a status and a text for HTTP, in the order of the declaration', () => {
    expect(Object.keys(PROBLEM_STATUS)).toEqual(PROBLEM_CODES);
    expect(Object.keys(PROBLEM_DETAIL).sort()).toEqual([...PROBLEM_CODES].sort());
  });

  it.each(CODES)('%s ends a command with one line, whatever else the error contains', (code) => {
    expect(lineFor(code, {})).toMatch(/^[^\n]{10,}[.\w]$/);
  });

  it('are found wherever they are created', () => {
    const source = parsed(
      'made-up.ts',
      `class Refused extends DomainError { constructor() { super('NOT_DECLARED'); } }
       class Other extends Error { constructor() { super('NO_CODE'); } }
       const fail = () => { throw new DomainError('NEITHER_DECLARED', { code: 'NO_CODE' }); };`,
    );
    expect(thrownUndeclared([source])).toEqual(['made-up.ts: NOT_DECLARED', 'made-up.ts: NEITHER_DECLARED']);
  });

  it('that are only compared or described count as unused', () => {
    const source = parsed(
      'made-up.ts',
      `const isClosed = error.code === 'CARE_CASE_CLOSED';
       type Closed = 'CARE_CASE_CLOSED';
       apiProblem(409, 'CARE_CASE_CLOSED');
       throw new DomainError('QUOTE_NOT_OPEN');`,
    );
    expect(unusedIn([source])).toContain('CARE_CASE_CLOSED');
    expect(unusedIn([source])).not.toContain('QUOTE_NOT_OPEN');
  });
});
