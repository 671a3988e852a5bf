/*
 * Builds readable SQL: one clause per line, meaningful aliases, short lines. Values are never part of the text; see
 * `statement-parameters.ts`.
 */

/** A longer list or condition is split into one line per part. */
const MAX_INLINE_CHARACTERS = 90;

/** Longer text literals are split into several lines. */
const MAX_LITERAL_CHARACTERS = 90;

/**
 * Template tag for SQL. Removes the indentation of the template, indents multi-line values like the line that they are
 * in, and drops lines whose value is empty.
 */
export function sql(template: TemplateStringsArray, ...values: readonly string[]): string {
  const [first, ...parts] = partsOf(template);
  let text = first!;
  parts.forEach((part, index) => {
    const value = values[index]!;
    const line = text.slice(text.lastIndexOf('\n') + 1);
    if (value === '' && line.trim() === '') text = text.slice(0, text.length - line.length - 1);
    else if (value.startsWith('\n')) text = text.trimEnd() + indented(value, line);
    else text += value.includes('\n') ? indented(value, line) : value;
    text += part;
  });
  return text;
}

/** Caches the parts of each template without their common indentation. A template is a constant of the program. */
const templates = new WeakMap<TemplateStringsArray, readonly string[]>();

function partsOf(template: TemplateStringsArray): readonly string[] {
  const known = templates.get(template);
  if (known !== undefined) return known;
  const indentations = [...template.join('value').matchAll(/\n( *)(?=\S)/g)].map(([, blanks]) => blanks!.length);
  const margin = ' '.repeat(indentations.length === 0 ? 0 : Math.min(...indentations));
  const parts = template.map((part) => part.replaceAll(`\n${margin}`, '\n'));
  parts[0] = parts[0]!.replace(/^\n/, '');
  templates.set(template, parts);
  return parts;
}

const indented = (value: string, line: string): string =>
  value.replaceAll('\n', `\n${line.slice(0, line.length - line.trimStart().length)}`);

/** A comma-separated list. */
export const list = (items: readonly string[]): string =>
  laidOut(items.map((item, index) => (index < items.length - 1 ? `${item},` : item)));

/** Operands joined by an operator. */
export const chain = (operator: '+' | '||', items: readonly string[]): string =>
  laidOut(items.map((item, index) => (index === 0 ? item : `${operator} ${item}`)));

export const unionAll = (queries: readonly string[]): string => queries.join('\nUNION ALL\n');

/** One query of a WITH clause. */
export const withQuery = (name: string, query: string, { materialized = false } = {}): string => sql`
  ${name} AS ${materialized ? 'MATERIALIZED ' : ''}(
    ${query}
  )`;

/** A statement with a WITH clause. */
export const withQueries = (queries: readonly string[], statement: string): string =>
  `WITH ${queries.join(',\n')}\n${statement}`;

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A text as literals that each fit on a line. */
export const literals = (text: string): string[] => {
  const pieces: string[] = [''];
  for (const word of text.split(/(?<= )/)) {
    if (pieces.at(-1)!.length + word.length > MAX_LITERAL_CHARACTERS && pieces.at(-1) !== '') pieces.push('');
    pieces[pieces.length - 1] += word;
  }
  return pieces.map(literal);
};

/** Disjunction of the conditions, without duplicates. */
export function any(conditions: readonly string[]): string {
  const different = operands(conditions, 'false');
  if (different.includes('true')) return 'true';
  if (different.length < 2) return different[0] ?? 'false';
  const parts = different.map((condition, index) => (index === 0 ? condition : `OR ${condition}`));
  return isShort(parts) ? `(${parts.join(' ')})` : `(${laidOut(parts)}\n)`;
}

/** Conjunction of the conditions, without duplicates. */
export function all(conditions: readonly string[]): string {
  const different = operands(conditions, 'true');
  if (different.includes('false')) return 'false';
  if (different.length < 2) return different[0] ?? 'true';
  const parts = different.map((condition, index) => (index === 0 ? condition : `AND ${condition}`));
  if (isShort(parts)) return parts.join(' ');
  return parts.map((part, index) => (index === 0 ? part : part.replaceAll(/^/gm, '  '))).join('\n');
}

/** The WHERE clause, or an empty text when the conditions are always true. */
export const where = (conditions: readonly string[]): string => {
  const condition = all(conditions);
  return condition === 'true' ? '' : `WHERE ${condition}`;
};

/** @param condition in parentheses if it contains OR at its top level */
export function not(condition: string): string {
  if (condition === 'true' || condition === 'false') return condition === 'true' ? 'false' : 'true';
  return /^[\w."]+$/.test(condition) ? `NOT ${condition}` : `NOT (${condition})`;
}

const operands = (conditions: readonly string[], neutral: 'true' | 'false'): string[] => [
  ...new Set(conditions.filter((condition) => condition !== neutral)),
];

const isShort = (parts: readonly string[]): boolean => {
  const line = parts.join(' ');
  return line.length <= MAX_INLINE_CHARACTERS && !line.includes('\n');
};

const laidOut = (parts: readonly string[]): string =>
  isShort(parts) ? parts.join(' ') : `\n${parts.join('\n').replaceAll(/^/gm, '  ')}`;
