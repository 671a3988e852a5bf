import { insertMissingBranch } from '../branch';
import { lockForImport, refreshSearchOf, selectClosedCustomers, updateImportedCustomers } from '../customer';
import { addNamedMembers, createNamedSelections } from '../selection';
import type { Column, ImportFile, Reference } from './import-file';
import { IMPORT_FILES, importFile } from './import-files';
import { HEAD_OFFICE } from './record-file';

/**
 * SQL over the staging tables, generated from the declarations of the files. `s` is a staged row, `t` a row of the
 * table.
 */

type ReferringColumn = readonly [name: string, column: Column & { readonly reference: Reference }];

export function referencesOf({ columns }: ImportFile): ReferringColumn[] {
  return Object.entries(columns).filter(
    (entry): entry is [string, ReferringColumn[1]] => entry[1].reference !== undefined,
  );
}

/** The file with the records that a reference names, and their natural key. */
export function targetOf({ to }: Reference): ImportFile & { readonly key: string } {
  const target = importFile(to);
  if (target.key === undefined) throw new Error(`${to} has no key to refer to`);
  return { ...target, key: target.key };
}

/** Finds the ids of the stored customers who own any row of the folder. */
export const FIND_STORED_CUSTOMERS = `
  CREATE TEMPORARY TABLE import_stored_customers ON COMMIT DROP AS
  SELECT id FROM customer WHERE customer_number IN (${keysNamed('customers')})
  UNION SELECT customer_id FROM invoice WHERE number IN (${keysNamed('invoices')})`;

const STORED_CUSTOMERS = 'SELECT id FROM import_stored_customers';

/** Locks the stored customers: for changes if the import may change them, otherwise as bookings do. */
export const lockCustomers = (update: boolean) =>
  lockForImport(STORED_CUSTOMERS, update ? 'NO KEY UPDATE' : 'KEY SHARE');

/** Finds those stored customers whose records can no longer change. Must run in a later statement than the lock. */
export const FIND_CLOSED_CUSTOMERS = `
  CREATE TEMPORARY TABLE import_closed_customers ON COMMIT DROP AS ${selectClosedCustomers(STORED_CUSTOMERS)}`;

function keysNamed(target: string): string {
  return IMPORT_FILES.flatMap((file) => [
    ...referencesOf(file)
      .filter(([, { reference }]) => reference.to === target)
      .map(([name]) => `SELECT ${name} FROM ${file.staging}`),
    ...(file.name === target ? [`SELECT ${file.key} FROM ${file.staging}`] : []),
  ]).join(' UNION ');
}

/** Condition: the customer of a row of customers.csv is new. */
export const NOT_STORED_YET = 'NOT EXISTS (SELECT FROM customer t WHERE t.customer_number = s.customer_number)';

/** The statements that move the rows of a file from its staging table to its table. */
export function storeRows(file: ImportFile, given: ReadonlySet<string>, update: boolean): string[] {
  if (file.name === 'selections') return [createNamedSelections(file.staging), addNamedMembers(file.staging)];
  const needsHeadOffice = Object.entries(file.columns).some(([name, { whenAbsent }]) => whenAbsent && !given.has(name));
  return [
    ...(file.name === 'customers' && update ? [updateCustomers(file, given)] : []),
    ...(needsHeadOffice ? [createHeadOffice(file)] : []),
    ...insertRows(file, given, update),
  ];
}

/** Creates the head office if rows of the file need it and it does not exist. */
function createHeadOffice({ staging, name }: ImportFile): string {
  const created = name === 'customers' ? NOT_STORED_YET : 'true';
  return insertMissingBranch(HEAD_OFFICE, `EXISTS (SELECT FROM ${staging} s WHERE ${created})`);
}

/** Inserts the rows. Existing master data is kept, or updated in the columns that the file has. */
function insertRows(file: ImportFile, given: ReadonlySet<string>, update: boolean): string[] {
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

/** Updates stored customers in the columns that the file has. */
function updateCustomers(file: ImportFile, given: ReadonlySet<string>): string {
  const { columns, joins } = storedColumns(file, (name) => given.has(name) && name !== file.key);
  return updateImportedCustomers(Object.fromEntries(columns), `${file.staging} s ${joins}`);
}

type StoredColumn = readonly [name: string, expression: string];

/** The columns of the table with their expressions over a staged row, and the joins with the records it refers to. */
function storedColumns(file: ImportFile, wanted: (name: string) => boolean = () => true) {
  const references = referencesOf(file).filter(([name]) => wanted(name));
  const joins = references.map(([name, { reference, required }], index) => {
    const { table, key } = targetOf(reference);
    return `${required ? 'JOIN' : 'LEFT JOIN'} ${table} r${index} ON r${index}.${key} = s.${name}`;
  });
  const columns: StoredColumn[] = references.flatMap(([, { reference }], index) => {
    const id: StoredColumn = [reference.as, `r${index}.id`];
    return reference.givesCustomer ? [id, ['customer_id', `r${index}.customer_id`] as const] : [id];
  });
  for (const [name, { reference, notStored, expression }] of Object.entries(file.columns)) {
    if (!reference && !notStored && wanted(name)) columns.push([name, expression ?? `s.${name}`]);
  }
  for (const name of Object.keys(file.derived)) columns.push([name, `s.${name}`]);
  return { columns, joins: joins.join(' ') };
}

/** Updates the search index for new and changed customers, and for those who get addresses or cards. */
export const REFRESH_SEARCH = refreshSearchOf(`
  SELECT customer_number FROM import_customers
  UNION SELECT customer_number FROM import_addresses
  UNION SELECT customer_number FROM import_customer_cards`);
