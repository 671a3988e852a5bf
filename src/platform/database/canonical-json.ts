/*
 * Canonical JSON (RFC 8785) made by the database, as SQL expressions of type text. `to_json` writes strings as the RFC
 * wants them; what is left is the order of members and no blanks. Numbers must be integers within 2^53.
 */

/** The value of an SQL expression: text, integer, date or NULL. */
export const jsonValue = (expression: string): string => `coalesce(to_json(${expression})::text, 'null')`;

/** An object of members that are JSON already. */
export function jsonObject(members: Readonly<Record<string, string>>): string {
  const names = Object.keys(members).sort();
  const parts = names.map((name, index) => `'${index === 0 ? '' : ','}${JSON.stringify(name)}:' || ${members[name]}`);
  return `('{' || ${parts.join(' || ')} || '}')`;
}

/** An aggregate: the array of elements that are JSON already. */
export const jsonArray = (element: string, order: string): string =>
  `('[' || string_agg(${element}, ',' ORDER BY ${order}) || ']')`;
