import { CUSTOMERS } from '../customer';
import type { ImportCode } from './import-error';
import type { ImportFile, Reference, Unique } from './import-file';
import { NOT_STORED_YET, referencesOf, targetOf } from './statements';

/** A check of a file. Rows `s` that meet any of the conditions have an error. */
export interface Check {
  readonly column: string;
  readonly code: ImportCode;
  /** separate, because PostgreSQL turns them into joins, but would not do so for `a OR b` */
  readonly conditions: readonly string[];
}

export interface Circumstances {
  /** columns that the file has */
  readonly given: ReadonlySet<string>;
  readonly update: boolean;
  /** whether any row belongs to an anonymized or merged customer */
  readonly closedCustomers: boolean;
}

/** The checks of a file that need more than one cell, as its declaration states them. */
export function checksOf(file: ImportFile, circumstances: Circumstances): Check[] {
  const { given, update, closedCustomers } = circumstances;
  const isUpdate = update && file.name === 'customers';
  const cell = (column: string) => (isUpdate && !given.has(column) ? storedOfCustomer(column) : `s.${column}`);
  const references = referencesOf(file).filter(([name]) => given.has(name));
  return [
    ...references.flatMap(([name, { reference }]) => referenceChecks(name, reference)),
    ...(closedCustomers ? closedCustomerChecks(file) : []),
    ...file.unique.flatMap((unique) => uniqueChecks(file, unique, update)),
    ...file.rules.map(({ column, code, when }) => ({ column, code, conditions: [`NOT s.faulty AND ${when(cell)}`] })),
    ...(file.name === 'customers' ? requiredOfNew(file, given) : []),
  ];
}

function referenceChecks(name: string, reference: Reference): Check[] {
  const { staging, table, key } = targetOf(reference);
  const unknown = [staging, table].map((parent) => `NOT EXISTS (SELECT FROM ${parent} p WHERE p.${key} = s.${name})`);
  const checks: Check[] = [
    { column: name, code: 'UNKNOWN_REFERENCE', conditions: [`s.${name} IS NOT NULL AND ${unknown.join(' AND ')}`] },
  ];
  if (reference.ofSameCustomer) {
    checks.push({
      column: name,
      code: 'OTHER_CUSTOMER',
      conditions: [
        `EXISTS (SELECT FROM ${staging} p WHERE p.${key} = s.${name} AND p.customer_number <> s.customer_number)`,
        `EXISTS (SELECT FROM ${table} p JOIN ${CUSTOMERS} c ON c.id = p.customer_id
                 WHERE p.${key} = s.${name} AND c.customer_number <> s.customer_number)`,
      ],
    });
  }
  return checks;
}

function closedCustomerChecks(file: ImportFile): Check[] {
  const owners = referencesOf(file).flatMap(([name, { reference }]) => {
    if (reference.to === 'customers') return [{ name, owner: closedCustomer(`c.customer_number = s.${name}`) }];
    if (!reference.givesCustomer) return [];
    const { table, key } = targetOf(reference);
    return [
      { name, owner: closedCustomer(`c.id IN (SELECT p.customer_id FROM ${table} p WHERE p.${key} = s.${name})`) },
    ];
  });
  if (file.name === 'customers') owners.push({ name: 'customer_number', owner: closedCustomer(SAME_NUMBER) });
  return owners.flatMap(({ name, owner }) =>
    (['CUSTOMER_ANONYMIZED', 'CUSTOMER_MERGED'] as const).map((code) => ({
      column: name,
      code,
      conditions: [owner(code)],
    })),
  );
}

const SAME_NUMBER = 'c.customer_number = s.customer_number';
const closedCustomer = (condition: string) => (code: string) =>
  `EXISTS (SELECT FROM import_closed_customers c WHERE ${condition} AND c.code = '${code}')`;

function uniqueChecks(file: ImportFile, { columns, at, when }: Unique, update: boolean): Check[] {
  const applies = when === undefined ? '' : `${when('s')} AND ${when('t')} AND`;
  const twice = columns.map((name) => `t.${name} = s.${name}`).join(' AND ');
  const inFile = `EXISTS (SELECT FROM ${file.staging} t WHERE ${applies} ${twice} AND t.line < s.line)`;

  const stored = columns.map((name, index) => {
    const reference = file.columns[name]?.reference;
    if (reference === undefined) return { join: '', same: `t.${name} = s.${name}` };
    const { table, key } = targetOf(reference);
    return {
      join: `JOIN ${table} r${index} ON r${index}.id = t.${reference.as}`,
      same: `r${index}.${key} = s.${name}`,
    };
  });
  const inTable = `EXISTS (SELECT FROM ${file.table} t ${stored.map(({ join }) => join).join(' ')}
    WHERE ${applies} ${stored.map(({ same }) => same).join(' AND ')})`;

  const open =
    file.name === 'customers' ? `AND NOT EXISTS (SELECT FROM import_closed_customers c WHERE ${SAME_NUMBER})` : '';
  const mayExist = file.masterData || (file.name === 'customers' && update);
  return [{ column: at, code: 'DUPLICATE', conditions: mayExist ? [inFile] : [inFile, `${inTable} ${open}`] }];
}

/** A changed customer keeps the columns that the file omits. */
const storedOfCustomer = (column: string) =>
  `(SELECT t.${column} FROM ${CUSTOMERS} t WHERE t.customer_number = s.customer_number)`;

/** A new customer needs the columns that a changed one may omit. */
const requiredOfNew = ({ columns }: ImportFile, given: ReadonlySet<string>): Check[] =>
  Object.entries(columns)
    .filter(([name, { required, whenAbsent }]) => required && whenAbsent === undefined && !given.has(name))
    .map(([column]) => ({ column, code: 'REQUIRED', conditions: [NOT_STORED_YET] }));
