import type { Category, ModuleName, Replacement, SealedRows, TableRule, Treatment } from '../../kernel/personal-data';
import { markdownPage } from '../../platform/markdown/markdown-page';
import { markdownTable } from '../../platform/markdown/markdown-table';
import type { MappedColumn, MappedTable } from '../../modules/data-map';

const TREATMENTS: Record<Treatment, string> = {
  ERASE_ROWS: 'is deleted with its row',
  ERASE: 'becomes NULL',
  REPLACE: 'becomes the value in the last column; NULL stays NULL unless noted otherwise',
  REDACT: "is kept as text, without the customer's own names, numbers and dates",
  SEAL: 'is kept, readable only with an offline key, until its period ends',
  KEEP: 'is kept unchanged, on the ground in the last column',
};

const CATEGORIES: Record<Category, string> = {
  IDENTITY: 'who a person is',
  CONTACT: 'how a person can be reached',
  HEALTH: 'health and health insurance',
  FINANCE: 'accounts and card numbers',
  FREE_TEXT: 'text typed by a clerk, which may contain anything',
  CONTENT: 'archived documents and their keys',
  RECORD: 'facts of the books: numbers, dates, amounts, states',
  NOT_PERSONAL: 'keys, references and technical values; nothing about a person',
};

const REPLACEMENTS: Record<Exclude<Replacement['source'], 'CONSTANT'>, string> = {
  LABEL: 'becomes `Anonymisiert am <day> von <employee>`',
  INSTANT: 'becomes the instant of the anonymization',
  TODAY: 'becomes the day of the anonymization',
  ACTOR: 'becomes the employee who anonymized',
  RUN: 'becomes the run of the anonymization',
};

/**
 * Renders the data map as a Markdown page: what is stored about a customer, and what remains after an anonymization.
 */
export function renderDataMap(tables: readonly MappedTable[]): string {
  const modules = [...new Set(tables.map(({ module }) => module))];
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
  return markdownPage('Data map', 'the declarations in src/modules/*/entities', [
    'The classification of every database column, and what an anonymization does to it. The erasure, its preview ' +
      'and the export come from the same ' +
      'declarations. A test compares them with the database catalogue: an unclassified column fails the build. ' +
      `${tables.length} tables, ${columns} columns.`,
    '## Legend',
    markdownTable(
      ['treatment', 'what happens'],
      Object.entries(TREATMENTS).map(([name, meaning]) => [code(name), meaning]),
    ),
    markdownTable(
      ['category', 'what it is'],
      Object.entries(CATEGORIES).map(([name, meaning]) => [code(name), meaning]),
    ),
    ...modules.flatMap((module) =>
      renderModule(
        module,
        tables.filter((table) => table.module === module),
      ),
    ),
  ]);
}

const renderModule = (module: ModuleName, tables: readonly MappedTable[]): string[] => [
  `## Module ${module}`,
  ...tables.flatMap(({ name, rule, columns }) => [
    `### ${name}`,
    sentenceOf(rule),
    markdownTable(
      ['column', 'type', 'category', 'treatment', 'reason or ground'],
      columns.map((column) => [
        code(column.name),
        column.type,
        column.rule.category,
        column.rule.treatment,
        reasonOf(column),
      ]),
    ),
  ]),
];

function sentenceOf(rule: TableRule): string {
  switch (rule.kind) {
    case 'NO_CUSTOMER_DATA':
      return `Holds no customer data: ${rule.reason}.`;
    case 'ABOUT_CUSTOMER':
      return `Names customers by id, without a value from a personal column: ${rule.reason}.`;
    case 'OF_CUSTOMER':
      return [
        `Belongs to the customer in ${rule.customerColumns.map(code).join(' and ')}.`,
        rule.eraseRows === undefined
          ? 'Its rows stay.'
          : `Erased ${rowsOf(rule.eraseRows.when)}: ${rule.eraseRows.reason}.`,
        ...(rule.sealed === undefined ? [] : [sealedSentence(rule.sealed)]),
        ...(rule.exceptRows === undefined
          ? []
          : [`Left as they are: rows where ${code(rule.exceptRows)}, written by the anonymization itself.`]),
      ].join(' ');
  }
}

function sealedSentence({ ground, when, without, partOf }: SealedRows): string {
  const rows = when === undefined ? 'Its rows' : `Rows where ${code(when)}`;
  const columns = without === undefined ? '' : ` without ${without.map(code).join(' and ')}`;
  const within = partOf === undefined ? '' : ` within those of ${code(partOf.table)}`;
  return (
    `${rows} are sealed with the customer's name as ${code(ground.retentionClass)}${columns}${within}, ` +
    `for ${ground.reason}.`
  );
}

const rowsOf = (condition: string | undefined) => (condition === undefined ? 'as a whole' : `where ${code(condition)}`);

function reasonOf({ rule }: MappedColumn): string {
  const parts = [rule.reason];
  if (rule.replacement !== undefined) parts.push(becomes(rule.replacement));
  if (rule.hasSurrogate === true) parts.push('becomes a random surrogate where it names the customer');
  else if (rule.isRecordNumber === true) parts.push('stays where it names the customer, with a warning before');
  if (rule.when !== undefined) parts.push(`where ${code(rule.when)}`);
  if (rule.evenIfEmpty === true) parts.push('also if empty');
  if (rule.identifies !== undefined) parts.push(`removed from free text as ${code(rule.identifies)}`);
  if (rule.namesOthers === true) parts.push('a copied name that equals one identifies nobody');
  return parts.join('; ');
}

const becomes = (replacement: Replacement) =>
  replacement.source === 'CONSTANT' ? `becomes ${code(replacement.value)}` : REPLACEMENTS[replacement.source];

const code = (text: string) => `\`${text}\``;
