import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type ColumnRule,
  columnRuleOf,
  type CopiedReference,
  copiedReferenceOf,
  type ModuleName,
  type TableRule,
  tableRuleOf,
  type Treatment,
} from '../../kernel/personal-data';
import { ENTITIES_BY_MODULE, type EntitiesByModule, type EntityClass } from '../../platform/database/data-source';

export interface MappedColumn {
  readonly name: string;
  /** the database type in the format of `format_type` */
  readonly type: string;
  readonly rule: ColumnRule;
  /** set when the column refers to a row that sealed copies name by its values */
  readonly reference?: { readonly table: string; readonly values: CopiedReference['values'] };
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

export const columnsWith = (table: CustomerTable, treatment: Treatment) =>
  table.columns.filter(({ rule }) => rule.treatment === treatment);

/** The content of every column of every table, and what an anonymization does with it, collected from the entities. */
@Injectable()
export class DataMap {
  readonly tables: readonly MappedTable[];

  constructor(@Inject(DataSource) dataSource: DataSource, @Inject(ENTITIES_BY_MODULE) entities: EntitiesByModule) {
    const references = referencesTo(dataSource, Object.values(entities).flat());
    this.tables = Object.entries(entities).flatMap(([module, classes]) =>
      classes.map((entity) => mapTable(dataSource, module as ModuleName, entity, references)),
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

type References = ReadonlyMap<string, MappedColumn['reference']>;

/** By the name of the referring column. */
const referencesTo = (dataSource: DataSource, entities: readonly EntityClass[]): References =>
  new Map(
    entities.flatMap((entity) => {
      const copied = copiedReferenceOf(entity);
      if (copied === undefined) return [];
      return [[copied.column, { table: dataSource.getMetadata(entity).tablePath, values: copied.values }] as const];
    }),
  );

function mapTable(
  dataSource: DataSource,
  module: ModuleName,
  entity: EntityClass,
  references: References,
): MappedTable {
  const metadata = dataSource.getMetadata(entity);
  const rule = tableRuleOf(entity);
  if (rule === undefined) throw new Error(`Table ${metadata.tablePath} is not classified`);
  const columns = metadata.columns.map((column) => {
    const columnRule = columnRuleOf(entity, column.propertyName);
    if (columnRule === undefined)
      throw new Error(`Column ${metadata.tablePath}.${column.databaseName} is not classified`);
    const type = dataSource.driver.normalizeType(column);
    const isErasedWithRow = erasesAllRows(rule) && columnRule.category === 'NOT_PERSONAL';
    return {
      name: column.databaseName,
      type: column.isArray ? `${type}[]` : type,
      reference: references.get(column.databaseName),
      rule: isErasedWithRow
        ? { ...columnRule, treatment: 'ERASE_ROWS' as const, reason: 'the row is erased' }
        : columnRule,
    };
  });
  return { module, name: metadata.tablePath, rule, columns };
}
