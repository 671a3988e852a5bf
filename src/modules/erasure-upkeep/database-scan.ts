import type { Client } from 'pg';
import { ownerThrough, type RoleConnection } from '../../platform/database/connection';
import { connectAs } from '../../platform/database/session';
import type { IdentifierSearch } from './identifier-search';
import { SELECT_COLUMNS, SELECT_OWNER_COLUMNS } from './queries/database-scan.queries';

const ROWS_PER_FETCH = 2_000;

/** Types without text. A number or a date in them identifies no customer. */
const WITHOUT_TEXT = [
  ...['bool', 'int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'money', 'oid', 'uuid'],
  ...['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval', 'xid', 'xid8', 'pg_lsn'],
];

const STATISTICS = ['most_common_vals', 'histogram_bounds', 'most_common_elems'];

/** The owner of the row in which a value was found: its customer, another customer, or none. */
export type Owner = 'OWN' | 'OTHER' | 'NOBODY';

/** A place where a value was found, with the number of rows. It never contains the value. */
export interface ScanFinding {
  /** key of the customer in the search */
  readonly customer: string;
  /** `public.invoice.remark`, `pg_stats.histogram_bounds of public.customer.email` */
  readonly location: string;
  readonly owner: Owner;
  readonly rows: number;
}

export interface ScanResult {
  readonly findings: readonly ScanFinding[];
  readonly columns: number;
}

interface ColumnToRead {
  readonly table: string;
  readonly column: string;
  readonly isBinary: boolean;
}

const NOBODY: readonly string[] = [];

/**
 * Searches every column that can contain text, in every table and materialized view of every schema, and the server's
 * statistics about them. Connects as the migrator and reads as the owner of the tables. Takes the tables from the
 * catalogue instead of the data map.
 */
export class DatabaseScan {
  /** by customer, place and owner */
  private readonly findings = new Map<string, { -readonly [Key in keyof ScanFinding]: ScanFinding[Key] }>();

  private constructor(
    private readonly client: Client,
    private readonly search: IdentifierSearch,
    private readonly idOf: (customer: string) => string | undefined,
  ) {}

  /**
   * @param idOf maps a customer's key in the search to the id, when they differ
   * @throws the driver's own errors, also for an unreadable table, whose contents would otherwise remain unchecked
   */
  static async scan(
    migrator: RoleConnection,
    search: IdentifierSearch,
    idOf: (customer: string) => string | undefined = () => undefined,
  ): Promise<ScanResult> {
    const client = await connectAs(ownerThrough(migrator), { application_name: 'lethe-erasure-scan' });
    try {
      return await new DatabaseScan(client, search, idOf).searchAll();
    } finally {
      await client.end();
    }
  }

  private async searchAll(): Promise<ScanResult> {
    const columns = await this.columns();
    const owners = await this.ownerColumns();
    const tables = new Map<string, ColumnToRead[]>();
    for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
    for (const [table, columnsOfTable] of tables) await this.readTable(table, columnsOfTable, owners.get(table) ?? []);
    await this.readStatistics();
    const findings = [...this.findings.values()];
    findings.sort((a, b) => order(a.customer, b.customer) || order(a.location, b.location) || order(a.owner, b.owner));
    return { findings, columns: columns.length };
  }

  /** The columns that reference the customers who own a row of the table. */
  private async ownerColumns(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { rows } = await this.client.query<{ table: string; columns: string[] }>(SELECT_OWNER_COLUMNS);
    return new Map(rows.map(({ table, columns }) => [table, columns]));
  }

  private async columns(): Promise<ColumnToRead[]> {
    const { rows } = await this.client.query<ColumnToRead>(SELECT_COLUMNS, [WITHOUT_TEXT]);
    return rows;
  }

  /**
   * Reads a table through a cursor, so that memory stays constant. The snapshot ends with the table, so that VACUUM can
   * proceed.
   */
  private async readTable(
    table: string,
    columns: readonly ColumnToRead[],
    ownerColumns: readonly string[],
  ): Promise<void> {
    const values = columns.map(({ column, isBinary }) => {
      const name = this.client.escapeIdentifier(column);
      return isBinary ? `encode(t.${name}, 'hex')` : `t.${name}::text`;
    });
    const owners = ownerColumns.map((column) => `t.${this.client.escapeIdentifier(column)}::text`);
    const selected = [...values, `array_remove(ARRAY[${owners.join(', ')}]::text[], NULL)`];
    await this.client.query('BEGIN READ ONLY');
    await this.client.query(`DECLARE scan NO SCROLL CURSOR FOR SELECT ${selected.join(', ')} FROM ONLY ${table} t`);
    for (;;) {
      const { rows } = await this.client.query<[...(string | null)[], string[]]>({
        text: `FETCH ${ROWS_PER_FETCH} FROM scan`,
        rowMode: 'array',
      });
      for (const row of rows)
        columns.forEach(({ column, isBinary }, index) => {
          const value = row[index] as string | null;
          const ownerIds = row.at(-1) as string[];
          if (value !== null)
            this.searchIn(isBinary ? Buffer.from(value, 'hex').toString() : value, `${table}.${column}`, ownerIds);
        });
      if (rows.length < ROWS_PER_FETCH) break;
    }
    await this.client.query('COMMIT');
  }

  private async readStatistics(): Promise<void> {
    const { rows } = await this.client.query<Record<string, string | null>>(
      `SELECT format('%I.%I.%I', schemaname, tablename, attname) AS location,
          ${STATISTICS.map((name) => `${name}::text`).join(', ')}
       FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const row of rows)
      for (const name of STATISTICS) {
        const value = row[name] ?? null;
        if (value !== null) this.searchIn(value, `pg_stats.${name} of ${row.location}`, NOBODY);
      }
  }

  private searchIn(text: string, location: string, ownerIds: readonly string[]): void {
    for (const customer of this.search.findCustomersIn(text)) {
      const id = this.idOf(customer) ?? customer;
      const owner = ownerIds.length === 0 ? 'NOBODY' : ownerIds.includes(id) ? 'OWN' : 'OTHER';
      const key = `${customer} ${location} ${owner}`;
      const known = this.findings.get(key);
      if (known === undefined) this.findings.set(key, { customer, location, owner, rows: 1 });
      else known.rows++;
    }
  }
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
