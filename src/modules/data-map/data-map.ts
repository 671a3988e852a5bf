import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type ColumnRule,
  columnRuleOf,
  type ModuleName,
  type TableRule,
  tableRuleOf,
} from '../../kernel/personal-data';
import type { EntityClass } from '../../platform/database/data-source';

export const ENTITIES_BY_MODULE = Symbol('ENTITIES_BY_MODULE');
export type EntitiesByModule = Partial<Record<ModuleName, readonly EntityClass[]>>;

export interface MappedColumn {
  readonly name: string;
  /** the database type in the format of `format_type` */
  readonly type: string;
  readonly rule: ColumnRule;
}

export interface MappedTable {
  readonly module: ModuleName;
  /** `invoice`, or `audit.entry` for a table outside of the schema public */
  readonly name: string;
  readonly rule: TableRule;
  readonly columns: readonly MappedColumn[];
}

/** A table whose rows belong to a customer. */
export type CustomerTable = MappedTable & { readonly rule: Extract<TableRule, { kind: 'OF_CUSTOMER' }> };

/** The content of every column of every table, and what an anonymization does with it, collected from the entities. */
@Injectable()
export class DataMap {
  readonly tables: readonly MappedTable[];

  constructor(@Inject(DataSource) dataSource: DataSource, @Inject(ENTITIES_BY_MODULE) entities: EntitiesByModule) {
    this.tables = Object.entries(entities).flatMap(([module, classes]) =>
      classes.map((entity) => mapTable(dataSource, module as ModuleName, entity)),
    );
  }

  /** The tables of customer records in these modules, in the order of erasure. */
  customerTables(modules: readonly ModuleName[]): CustomerTable[] {
    return modules.flatMap((module) =>
      this.tables.filter((table): table is CustomerTable => table.module === module && isOfCustomer(table)),
    );
  }

  /** All tables of customer records. */
  get allCustomerTables(): CustomerTable[] {
    return this.tables.filter(isOfCustomer);
  }
}

const isOfCustomer = (table: MappedTable): table is CustomerTable => table.rule.kind === 'OF_CUSTOMER';

/** Whether all rows of the table are erased, including keys and references. */
const erasesAllRows = (rule: TableRule): boolean =>
  rule.kind === 'OF_CUSTOMER' && rule.eraseRows !== undefined && rule.eraseRows.when === undefined;

function mapTable(dataSource: DataSource, module: ModuleName, entity: EntityClass): MappedTable {
  const metadata = dataSource.getMetadata(entity);
  const rule = tableRuleOf(entity);
  if (rule === undefined) throw new Error(`Table ${metadata.tablePath} is not classified`);
  const columns = metadata.columns.map((column) => {
    const columnRule = columnRuleOf(entity, column.propertyName);
    if (columnRule === undefined)
      throw new Error(`Column ${metadata.tablePath}.${column.databaseName} is not classified`);
    const type = dataSource.driver.normalizeType(column);
    const goes = erasesAllRows(rule) && columnRule.category === 'NOT_PERSONAL';
    return {
      name: column.databaseName,
      type: column.isArray ? `${type}[]` : type,
      rule: goes ? { ...columnRule, treatment: 'ERASE_ROWS' as const, reason: 'the row is erased' } : columnRule,
    };
  });
  return { module, name: metadata.tablePath, rule, columns };
}
