import type { Category, ModuleName, Treatment } from '../../../kernel/personal-data';
import type { MappedColumn, MappedTable } from '../data-map';
import { ACTIVITIES, type Activity } from './activities';

/** Why and how data of a category is kept after an anonymization. */
export interface Retention {
  /** legal ground or purpose, with its period if it has one */
  readonly ground: string;
  readonly treatment: Treatment;
  readonly tables: readonly string[];
}

export interface CategoryOfData {
  readonly category: Category;
  readonly tables: readonly string[];
  /** tables in which no column of this category keeps a value after the anonymization */
  readonly erasedFrom: readonly string[];
  readonly kept: readonly Retention[];
}

/** A table that contains no value of a customer. */
export interface OtherTable {
  readonly table: string;
  readonly holds: string;
}

export interface ProcessingActivity extends Activity {
  readonly module: ModuleName;
  readonly dataCategories: readonly CategoryOfData[];
  readonly otherTables: readonly OtherTable[];
  /** Always empty: the product sends no data to third parties. */
  readonly recipients: readonly string[];
}

interface PersonalColumn {
  readonly table: string;
  readonly rule: MappedColumn['rule'];
}

const STAYS: readonly Treatment[] = ['KEEP', 'REDACT', 'SEAL'];

/** The record of processing activities (Art. 30 GDPR) by module, as far as it follows from the data map. */
export function recordOfProcessing(tables: readonly MappedTable[]): ProcessingActivity[] {
  const modules = unique(tables.map(({ module }) => module));
  return modules.flatMap((module) => {
    const activity = ACTIVITIES[module];
    if (activity === null) return [];
    const own = tables.filter((table) => table.module === module);
    return { module, ...activity, dataCategories: categoriesOf(own), otherTables: othersOf(own), recipients: [] };
  });
}

function categoriesOf(tables: readonly MappedTable[]): CategoryOfData[] {
  const columns = tables.flatMap(({ name, columns }) => columns.map(({ rule }) => ({ table: name, rule })));
  const personal = columns.filter(({ rule }) => rule.category !== 'NOT_PERSONAL');
  return unique(personal.map(({ rule }) => rule.category)).map((category) => {
    const ofCategory = personal.filter(({ rule }) => rule.category === category);
    const goes = ofCategory.filter(({ rule }) => !STAYS.includes(rule.treatment));
    return {
      category,
      tables: tablesOf(ofCategory),
      erasedFrom: tablesOf(goes),
      kept: retentionsOf(ofCategory.filter(({ rule }) => STAYS.includes(rule.treatment))),
    };
  });
}

function retentionsOf(columns: readonly PersonalColumn[]): Retention[] {
  const grounds = new Map<string, PersonalColumn[]>();
  for (const column of columns) {
    const key = `${column.rule.treatment} ${column.rule.reason}`;
    grounds.set(key, [...(grounds.get(key) ?? []), column]);
  }
  return [...grounds.values()].map((ofGround) => ({
    ground: ofGround[0]!.rule.reason,
    treatment: ofGround[0]!.rule.treatment,
    tables: tablesOf(ofGround),
  }));
}

const othersOf = (tables: readonly MappedTable[]): OtherTable[] =>
  tables.flatMap(({ name, rule }) => (rule.kind === 'OF_CUSTOMER' ? [] : { table: name, holds: rule.reason }));

const tablesOf = (columns: readonly PersonalColumn[]): string[] => unique(columns.map(({ table }) => table));

const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];
