/*
 * SQL expressions of type text for canonical JSON (RFC 8785). `to_json` writes strings as the RFC requires; these
 * expressions add the order of members and omit blanks. Numbers must be integers within 2^53.
 */

/** JSON of an SQL expression of type text, integer or date, or NULL. */
export const jsonValue = (expression: string): string => `coalesce(to_json(${expression})::text, 'null')`;

/** A JSON object. The members are JSON expressions already. */
export function jsonObject(members: Readonly<Record<string, string>>): string {
  const names = Object.keys(members).sort();
  const parts = names.map((name, index) => `'${index === 0 ? '' : ','}${JSON.stringify(name)}:' || ${members[name]}`);
  return `('{' || ${parts.join(' || ')} || '}')`;
}

/** An aggregate: a JSON array. The elements are JSON expressions already. */
export const jsonArray = (element: string, order: string): string =>
  `('[' || string_agg(${element}, ',' ORDER BY ${order}) || ']')`;
