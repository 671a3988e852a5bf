import { Injectable } from '@nestjs/common';
import type { ModuleName } from '../../../kernel/personal-data';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { type CustomerTable, DataMap, type MappedTable } from '../../data-map';
import type {
  PersonalDataColumnResponse,
  PersonalDataResponse,
} from '../queries/export-personal-data/export-personal-data.response';
import { SELECT_REFERENCES } from '../queries/references.queries';
import { fieldOf, isNeutral, selectJson, withheld } from './exported-columns';

type Row = Readonly<Record<string, unknown>>;

export type StoredAboutCustomer = Pick<PersonalDataResponse, 'modules' | 'references'>;

/** A column of a customer's table that references a row of another table. */
interface Reference {
  readonly table: CustomerTable;
  readonly column: string;
  readonly target: string;
}

interface FoundRow {
  readonly kind: Kind;
  readonly table: string;
  readonly row: Row;
}

type Kind = 'OWN' | 'REFERENCE';

/**
 * Reads everything that is stored about a customer. The tables come from the data map, so a new table is included
 * automatically. Referenced rows, such as the insurer of a membership, are included too, because an id alone is
 * meaningless to the customer.
 */
@Injectable()
export class PersonalRecords {
  private select: string | undefined;

  constructor(
    private readonly map: DataMap,
    private readonly transaction: TransactionRunner,
  ) {}

  /** Uses one statement, and thus one snapshot of the database. */
  async readForCustomer(customerId: string): Promise<StoredAboutCustomer> {
    this.select ??= this.statement(await this.references());
    const rows = await this.transaction.query<FoundRow>(this.select, [customerId]);
    const of = (kind: Kind, { name }: MappedTable) =>
      rows.filter((row) => row.kind === kind && row.table === name).map(({ row }) => row);
    return {
      modules: this.modules.map((module) => ({
        module,
        tables: this.map
          .customerTables([module])
          .map((table) => ({ table: table.name, columns: describe(table), rows: of('OWN', table) })),
      })),
      references: this.map.tables
        .map((table) => ({ table: table.name, rows: of('REFERENCE', table) }))
        .filter(({ rows: found }) => found.length > 0),
    };
  }

  private get modules(): ModuleName[] {
    return [...new Set(this.map.allCustomerTables.map(({ module }) => module))];
  }

  private statement(references: readonly Reference[]): string {
    const targets = this.map.tables.filter(({ name }) => references.some(({ target }) => target === name));
    return [
      ...this.map.allCustomerTables.map((table) => ofKind('OWN', selectOwn(table))),
      ...targets.map((table) => ofKind('REFERENCE', selectTarget(table, references))),
    ].join(' UNION ALL ');
  }

  /** Foreign keys of type bigint. UUID keys lead to customers, employees and sealed keys. */
  private async references(): Promise<Reference[]> {
    const rows = await this.transaction.query<Omit<Reference, 'table'> & { table: string }>(SELECT_REFERENCES);
    return rows.flatMap(({ table, ...reference }) => {
      const own = this.map.allCustomerTables.find(({ name }) => name === table);
      return own === undefined ? [] : [{ ...reference, table: own }];
    });
  }
}

const ofKind = (kind: Kind, select: string) => `SELECT '${kind}' AS kind, e.* FROM (${select}) AS e`;

const describe = (table: CustomerTable): PersonalDataColumnResponse[] =>
  table.columns.map((column) => ({
    field: fieldOf(column.name),
    column: column.name,
    category: column.rule.category,
    treatment: column.rule.treatment,
    reason: column.rule.reason,
    withheld: withheld(table, column),
  }));

function selectOwn(table: CustomerTable): string {
  const columns = table.columns.filter((column) => withheld(table, column) === null);
  return selectJson(table, columns, isOfCustomer('t', table.rule));
}

function selectTarget(table: MappedTable, references: readonly Reference[]): string {
  const ids = references
    .filter(({ target }) => target === table.name)
    .map(({ column, table: { name, rule } }) => `SELECT s.${column} FROM ${name} s WHERE ${isOfCustomer('s', rule)}`);
  return selectJson(table, table.columns.filter(isNeutral), `t.id IN (${ids.join(' UNION ')})`);
}

const isOfCustomer = (row: string, { customerColumns }: CustomerTable['rule']) =>
  customerColumns.map((column) => `${row}.${column} = $1`).join(' OR ');
