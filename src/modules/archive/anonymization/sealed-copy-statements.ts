import type { SealedRows } from '../../../kernel/personal-data';
import { jsonArray, jsonObject, jsonValue } from '../../../platform/database/canonical-json';
import { literal } from '../../../platform/database/sql-text';
import { recipientAddressOf, recipientNameOf } from '../../customer';
import type { CustomerTable, MappedColumn } from '../../data-map';

/*
 * SQL that reads sealed copies, generated from the data map, for a batch of customers at once: one row per customer,
 * retention class and calendar year. Parameters: $1 customers, $2 today.
 */

/** The format of a sealed copy; docs/sealed-copy.md describes it. */
export const SEALED_COPY_FORMAT = 'lethe sealed copy v2';

/** A table whose rows are sealed with the customer's name. */
export type SealedTable = CustomerTable & { readonly rule: { readonly sealed: SealedRows } };

export const isSealedTable = (table: CustomerTable): table is SealedTable => table.rule.sealed !== undefined;

/** Columns that refer to another record, with the values that the copy contains instead of its id. */
const REFERENCES: Readonly<Record<string, { readonly table: string; readonly values: Record<string, string> }>> = {
  branch_id: { table: 'branch', values: { branchCode: 'code' } },
  cost_bearer_id: { table: 'cost_bearer', values: { costBearerIk: 'ik' } },
  credits_id: { table: 'invoice', values: { creditsNumber: 'number' } },
  care_case_id: { table: 'care_case', values: { careCaseNumber: 'number' } },
  stock_item_id: { table: 'stock_item', values: { serialNumber: 'serial_number', article: 'article' } },
};

/** Selects the copies with their contents and the number of rows of each table. */
export const readCopies = (tables: readonly SealedTable[], timeZone: string): string =>
  copies(tables, timeZone, CONTENT);

/** Like {@link readCopies}, without contents. */
export const countCopies = (tables: readonly SealedTable[], timeZone: string): string => copies(tables, timeZone, null);

function copies(tables: readonly SealedTable[], timeZone: string, content: string | null): string {
  const withContent = content !== null;
  const roots = tables.filter(({ rule }) => rule.sealed.partOf === undefined);
  const partsOf = (root: SealedTable) => tables.filter(({ rule }) => rule.sealed.partOf?.table === root.name);
  const relations = roots.map((root) => recordRows(root, partsOf(root), timeZone, withContent));
  const sections = roots.map((root) => sectionOf(root, partsOf(root), tables, withContent));
  const rows = tables.map(({ name }) => `sum(section."${name}")::int AS "${name}"`);
  return `
    WITH ${relations.join(',\n')}
    SELECT section.customer_id, section.class, section.year,
      make_date(section.year + section.years, 12, 31) AS retention_until,
      ${recipientNameOf('customer')} IS NOT NULL AS is_named,
      sum(section.without_address)::int AS without_address,
      ${[...rows, ...(content === null ? [] : [`${content} AS content`])].join(',\n')}
    FROM (${sections.join(' UNION ALL ')}) section
    JOIN customer ON customer.id = section.customer_id
    GROUP BY section.customer_id, customer.id, section.class, section.year, section.years, section.needs_birth_date`;
}

const CUSTOMER_BEGINS = jsonObject({
  companyName: jsonValue('customer.company_name'),
  customerNumber: jsonValue('customer.customer_number'),
  firstName: jsonValue('customer.first_name'),
  lastName: jsonValue('customer.last_name'),
  title: jsonValue('customer.title'),
});

/** The customer in a copy. The birth date comes first in canonical order, if the ground requires it. */
const PERSON = `CASE WHEN section.needs_birth_date
  THEN '{"birthDate":' || ${jsonValue('customer.birth_date')} || ',' || substr(${CUSTOMER_BEGINS}, 2)
  ELSE ${CUSTOMER_BEGINS} END`;

const CONTENT = jsonObject({
  currency: jsonValue("'EUR'::text"),
  customer: PERSON,
  format: jsonValue(`'${SEALED_COPY_FORMAT}'::text`),
  records: `'{' || string_agg('"' || section.list || '":' || section.json, ',' ORDER BY section.list COLLATE "C") || '}'`,
  retentionClass: jsonValue('section.class'),
  retentionUntil: jsonValue('make_date(section.year + section.years, 12, 31)'),
  year: jsonValue('section.year'),
});

/**
 * Aggregates the rows of a part that belong to `record` into one row. They are looked up for each record: a join would
 * compare all rows with all records whenever the planner expects few records.
 */
function partRows(part: SealedTable, withContent: boolean): string {
  const { partOf, startsOn, order } = part.rule.sealed;
  const members = membersOf(part);
  return `CROSS JOIN LATERAL (
    SELECT count(*)::int AS rows,
      ${startsOn === undefined ? 'NULL::date' : `max(${startsOn})`} AS period_start
      ${withContent ? `, ${jsonArray(jsonObject(members.values), order)} AS json` : ''}
    FROM ${part.name} t ${members.joins}
    WHERE t.customer_id = record.customer_id AND t.${partOf!.by} = record.id) ${partName(part)}`;
}

/** Rows of records, each with its parts and the year whose end starts the period. */
function recordRows(root: SealedTable, parts: readonly SealedTable[], timeZone: string, withContent: boolean): string {
  const { startsOn, group, when } = root.rule.sealed;
  const dates = [
    startsOn!.replaceAll(':timeZone', literal(timeZone)),
    ...parts.map((part) => `${partName(part)}.period_start`),
  ];
  const latest = dates.length === 1 ? dates[0]! : `greatest(${dates.join(', ')})`;
  const ofGroup = group === undefined ? latest : `max(${latest}) OVER (PARTITION BY ${group})`;
  const carried = parts.flatMap((part) => [
    `${partName(part)}.rows AS ${partName(part)}`,
    ...(withContent ? [`coalesce(${partName(part)}.json, '[]') AS ${partName(part)}_json`] : []),
  ]);
  return `${root.name}_records AS (
    SELECT dated.*,
      extract(year FROM CASE WHEN isfinite(dated.period_start) THEN dated.period_start ELSE $2::date END)::int AS kept_year
    FROM (
      SELECT t.*, ${[...carried, `${ofGroup} AS period_start`].join(', ')}
      FROM ${root.name} t CROSS JOIN LATERAL (VALUES (t.customer_id, t.id)) AS record (customer_id, id)
      ${parts.map((part) => partRows(part, withContent)).join(' ')}
      WHERE t.customer_id = ANY ($1::uuid[])${when === undefined ? '' : ` AND ${when}`}) dated)`;
}

/** The records of a table in the copies: one row per customer and year that is within its period. */
function sectionOf(
  root: SealedTable,
  parts: readonly SealedTable[],
  tables: readonly SealedTable[],
  withContent: boolean,
): string {
  const { ground, list, order, startsOnAs } = root.rule.sealed;
  const { values, joins, addresses } = membersOf(root);
  const lists = parts.map((part) => [part.rule.sealed.list, `t.${partName(part)}_json`] as const);
  const dated = startsOnAs === undefined ? {} : { [startsOnAs]: jsonValue('t.period_start') };
  const json = jsonArray(jsonObject({ ...values, ...Object.fromEntries(lists), ...dated }), order);
  const counts = tables.map((table) => {
    if (table === root) return 'count(*)';
    return parts.includes(table) ? `sum(t.${partName(table)})` : '0';
  });
  const addressless = addresses.map((address) => `${address} IS NULL`).join(' OR ');
  return `
    SELECT t.customer_id, '${ground.retentionClass}'::text AS class, ${ground.years} AS years, t.kept_year AS year,
      '${list}' AS list,
      ${String(ground.asksFor === 'NAME_AND_BIRTH_DATE')} AS needs_birth_date,
      ${addresses.length === 0 ? '0' : `count(*) FILTER (WHERE ${addressless})`} AS without_address,
      ${counts.map((count, index) => `${count} AS "${tables[index]!.name}"`).join(', ')}
      ${withContent ? `, ${json} AS json` : ''}
    FROM ${root.name}_records t ${joins}
    WHERE t.kept_year + ${ground.years} >= extract(year FROM $2::date)
    GROUP BY t.customer_id, t.kept_year`;
}

const partName = (part: SealedTable) => `${part.name}_parts`;

/** The members of a row in the copy, and the joins that they need. */
function membersOf(table: SealedTable) {
  const { without = [] } = table.rule.sealed;
  const columns = table.columns.filter(({ name }) => !without.includes(name));
  const values: Record<string, string> = {};
  const joins: string[] = [];
  for (const column of columns) {
    const reference = REFERENCES[column.name];
    if (reference !== undefined) {
      joins.push(`LEFT JOIN ${reference.table} r_${column.name} ON r_${column.name}.id = t.${column.name}`);
      for (const [name, key] of Object.entries(reference.values)) values[name] = jsonValue(`r_${column.name}.${key}`);
    } else if (column.rule.category !== 'NOT_PERSONAL') values[camelCase(column.name)] = jsonOf(column);
  }
  if (columns.some(({ rule }) => rule.ifEmpty === 'CUSTOMER_NAME'))
    joins.push('JOIN customer c ON c.id = t.customer_id');
  const addresses = columns.filter(({ rule }) => rule.ifEmpty === 'CUSTOMER_ADDRESS').map(filled);
  return { values, joins: joins.join(' '), addresses };
}

function jsonOf(column: MappedColumn): string {
  if (column.rule.ifEmpty !== undefined) return jsonValue(filled(column));
  if (column.type === 'numeric') return jsonValue(`t.${column.name}::text`);
  if (column.type.startsWith('timestamp'))
    return jsonValue(`to_char(t.${column.name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
  return jsonValue(`t.${column.name}`);
}

/** The column's value, or the default that an empty value stands for. */
function filled({ name, rule }: MappedColumn): string {
  const own = `nullif(btrim(t.${name}), '')`;
  return `coalesce(${own}, ${rule.ifEmpty === 'CUSTOMER_NAME' ? recipientNameOf('c') : recipientAddressOf('t.customer_id')})`;
}

const camelCase = (column: string) => column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
