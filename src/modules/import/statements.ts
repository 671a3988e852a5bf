import type { Column, ImportFile, Reference } from './import-file';
import { HEAD_OFFICE, IMPORT_FILES, importFile } from './import-files';

/** SQL over the staging tables, made from the declaration of the files. A staged row is `s`, a row of the table `t`. */

type ReferringColumn = readonly [name: string, column: Column & { readonly reference: Reference }];

export function referencesOf({ columns }: ImportFile): ReferringColumn[] {
  return Object.entries(columns).filter((entry): entry is [string, ReferringColumn[1]] => entry[1].reference !== undefined);
}

/** Table and natural key of the records that a reference names. */
export function targetOf({ to }: Reference): ImportFile & { readonly key: string } {
  const target = importFile(to);
  if (target.key === undefined) throw new Error(`${to} has no key to refer to`);
  return { ...target, key: target.key };
}

/**
 * Locks the stored customers to whom any row of the folder belongs, in the order of their ids, before anything else is read of them
 * (domain section 7).
 */
export function lockCustomers(update: boolean): string {
  const named = (to: string) =>
    IMPORT_FILES.flatMap((file) => [
      ...referencesOf(file)
        .filter(([, { reference }]) => reference.to === to)
        .map(([name]) => `SELECT ${name} FROM ${file.staging}`),
      ...(file.name === to ? [`SELECT ${file.key} FROM ${file.staging}`] : []),
    ]).join(' UNION ');
  // One strength for all of them: two statements would not lock in one order.
  return `SELECT count(*) FROM (
    SELECT FROM customer WHERE id IN (
      SELECT id FROM customer WHERE customer_number IN (${named('customers')})
      UNION SELECT customer_id FROM invoice WHERE number IN (${named('invoices')})
    ) ORDER BY id FOR ${update ? 'NO KEY UPDATE' : 'KEY SHARE'}) AS locked`;
}

/** The head office, when rows of the file need it and it is not there. */
export function createHeadOffice({ staging, name }: ImportFile): string {
  const created = name === 'customers' ? NOT_STORED_YET : 'true';
  return `INSERT INTO branch (code, name) SELECT '${HEAD_OFFICE.code}', '${HEAD_OFFICE.name}'
    WHERE EXISTS (SELECT FROM ${staging} s WHERE ${created}) ON CONFLICT (code) DO NOTHING`;
}

const NOT_STORED_YET = 'NOT EXISTS (SELECT FROM customer t WHERE t.customer_number = s.customer_number)';

/** Brings the rows into their table; master data that is there is left as it is, or gets what the columns given say. */
export function insertRows(file: ImportFile, given: ReadonlySet<string>, update: boolean): string[] {
  const { columns, joins } = storedColumns(file);
  const conflict = file.masterData ? `ON CONFLICT (${file.key}) DO ${changeMasterData(file, given, update)}` : '';
  const created = file.name === 'customers' ? NOT_STORED_YET : 'true';
  return file.passes.map(
    (condition) => `INSERT INTO ${file.table} (${columns.map(([name]) => name).join(', ')})
      SELECT ${columns.map(([, expression]) => expression).join(', ')} FROM ${file.staging} s ${joins}
      WHERE ${condition} AND ${created} ORDER BY s.line ${conflict}`,
  );
}

function changeMasterData({ key, columns }: ImportFile, given: ReadonlySet<string>, update: boolean): string {
  const changed = Object.keys(columns).filter((name) => name !== key && given.has(name));
  if (!update || changed.length === 0) return 'NOTHING';
  return `UPDATE SET ${changed.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`;
}

/** Changes stored customers to what the columns given say. */
export function updateCustomers(file: ImportFile, given: ReadonlySet<string>): string {
  const { columns, joins } = storedColumns(file);
  const nameOf = (name: string) => file.columns[name]?.reference?.as ?? name;
  const changed = new Set(Object.keys(file.columns).filter((name) => name !== file.key && given.has(name)).map(nameOf));
  const assignments = columns.filter(([name]) => changed.has(name)).map(([name, value]) => `${name} = ${value}`);
  return `UPDATE customer t SET ${[...assignments, 'version = t.version + 1', 'updated_at = now()'].join(', ')}
    FROM ${file.staging} s ${joins} WHERE t.customer_number = s.customer_number`;
}

/** The columns of the table, each with what a staged row has for it, and the joins that lead to the records it refers to. */
function storedColumns(file: ImportFile): { columns: [name: string, expression: string][]; joins: string } {
  const references = referencesOf(file);
  const joins = references.map(([name, { reference, required }], index) => {
    const { table, key } = targetOf(reference);
    return `${required ? 'JOIN' : 'LEFT JOIN'} ${table} r${index} ON r${index}.${key} = s.${name}`;
  });
  const plain = Object.entries(file.columns).filter(([, { reference, notStored }]) => !reference && !notStored);
  return {
    columns: [
      ...references.flatMap(([, { reference }], index): [string, string][] => [
        [reference.as, `r${index}.id`],
        ...(reference.givesCustomer ? [['customer_id', `r${index}.customer_id`] as [string, string]] : []),
      ]),
      ...plain.map(([name, { expression }]): [string, string] => [name, expression ?? `s.${name}`]),
      ...Object.keys(file.derived).map((name): [string, string] => [name, `s.${name}`]),
    ],
    joins: joins.join(' '),
  };
}

/** Creates the selections that do not exist, and adds the members to the newest of each name. */
export const CREATE_SELECTIONS = `
  INSERT INTO selection (name)
  SELECT s.name FROM import_selections s WHERE NOT EXISTS (SELECT FROM selection t WHERE t.name = s.name)
  GROUP BY s.name ORDER BY min(s.line)`;
export const ADD_MEMBERS = `
  INSERT INTO selection_member (selection_id, customer_id)
  SELECT DISTINCT newest.id, c.id FROM import_selections s
    JOIN customer c ON c.customer_number = s.customer_number
    JOIN (SELECT name, max(id) AS id FROM selection GROUP BY name) AS newest ON newest.name = s.name
  ON CONFLICT DO NOTHING`;

/** Makes new and changed customers known to the search. */
export const REFRESH_SEARCH = `SELECT refresh_customer_search(ARRAY(
  SELECT id FROM customer WHERE customer_number IN (SELECT customer_number FROM import_customers UNION SELECT customer_number FROM import_addresses)))`;
