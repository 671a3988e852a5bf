const TOKEN = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|[\w.$]+|::|\|\||[<>=!]+|[^\s\w]/g;

/** Keywords that end a condition. */
const ENDS: ReadonlySet<string> = new Set([
  ...['SELECT', 'FROM', 'WHERE', 'SET', 'USING', 'ON', 'JOIN', 'CROSS', 'LEFT', 'LATERAL', 'GROUP', 'ORDER', 'HAVING'],
  ...['LIMIT', 'OFFSET', 'RETURNING', 'UNION', 'ALL', 'VALUES', 'WITH', 'AS', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END'],
  ...[',', ';'],
]);

/** A token, or the tokens in parentheses. */
type Node = string | Node[];

/** Identical operands of one AND or OR; parentheses around the same operator do not count. */
export function doubledConditions(sql: string): string[] {
  const tokens = (sql.match(TOKEN) ?? []).filter((token) => !token.startsWith('--'));
  return [...new Set(doubledIn(parse(tokens[Symbol.iterator]())))];
}

function parse(tokens: Iterator<string>): Node[] {
  const nodes: Node[] = [];
  for (let token = tokens.next(); token.done !== true && token.value !== ')'; token = tokens.next())
    nodes.push(token.value === '(' ? parse(tokens) : token.value);
  return nodes;
}

function doubledIn(nodes: readonly Node[]): string[] {
  const conditions = split(nodes, (node) => typeof node === 'string' && ENDS.has(node));
  return [
    ...conditions.flatMap((condition) => [
      ...repeated(operands('OR', condition)),
      ...split(condition, (node) => node === 'OR').flatMap((each) => repeated(operands('AND', each))),
    ]),
    ...nodes.flatMap((node) => (typeof node === 'string' ? [] : doubledIn(node))),
  ];
}

const operands = (operator: 'AND' | 'OR', condition: readonly Node[]): string[] =>
  split(condition, (node) => node === operator).flatMap((operand) => {
    const [only] = operand;
    return operand.length === 1 && typeof only === 'object' && only.includes(operator)
      ? operands(operator, only)
      : [textOf(operand)];
  });

function split(nodes: readonly Node[], isBorder: (node: Node) => boolean): Node[][] {
  const parts: Node[][] = [[]];
  for (const node of nodes)
    if (isBorder(node)) parts.push([]);
    else parts.at(-1)!.push(node);
  return parts.filter((part) => part.length > 0);
}

const textOf = (nodes: readonly Node[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : `(${textOf(node)})`)).join(' ');

const repeated = (texts: readonly string[]): string[] => texts.filter((text, index) => texts.indexOf(text) !== index);
