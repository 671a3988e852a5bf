/*
 * Canonical JSON (RFC 8785) made by the database, as SQL expressions of type text. `row_to_json` writes strings as the RFC wants them and no blanks; what is
 * left is the order of members. Numbers must be integers within 2^53.
 */

/** A member of an object: an SQL expression of type text, integer, date or boolean, or one of type text that is JSON already. */
export type JsonMember = string | { readonly json: string };

/** An object; the database writes members that stand next to each other in one go. */
export function jsonObject(members: Readonly<Record<string, JsonMember>>): string {
  const runs: { names: string[]; json?: string }[] = [];
  for (const name of Object.keys(members).sort()) {
    const member = members[name]!;
    const open = runs.at(-1);
    if (typeof member !== 'string') runs.push({ names: [name], json: member.json });
    else if (open === undefined || open.json !== undefined) runs.push({ names: [name] });
    else open.names.push(name);
  }
  const parts = runs.map(({ names, json }) =>
    json === undefined
      ? rowWithoutBraces(names.map((name) => `${members[name] as string} AS ${JSON.stringify(name)}`))
      : `'${JSON.stringify(names[0])}:' || ${json}`,
  );
  return `('{' || ${parts.join(` || ',' || `)} || '}')`;
}

/** An aggregate: the array of elements that are JSON already. */
export const jsonArray = (element: string, order: string): string =>
  `('[' || string_agg(${element}, ',' ORDER BY ${order}) || ']')`;

const rowWithoutBraces = (columns: readonly string[]): string =>
  `(SELECT left(substr(row_to_json(members)::text, 2), -1) FROM (SELECT ${columns.join(', ')}) AS members)`;
