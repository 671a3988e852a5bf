import type { Category, ModuleName, Replacement, SealedRows, TableRule, Treatment } from '../../kernel/personal-data';
import { markdownPage } from '../../platform/markdown/markdown-page';
import { markdownTable } from '../../platform/markdown/markdown-table';
import type { MappedColumn, MappedTable } from '../../modules/data-map';

const TREATMENTS: Record<Treatment, string> = {
  ERASE_ROWS: 'The value is deleted with its row.',
  ERASE: 'The column becomes NULL.',
  REPLACE: 'The value becomes the one in the last column. NULL stays NULL, unless that column says “even if NULL”.',
  REDACT: "The text is kept without the customer's identifiers, such as names, numbers and dates.",
  SEAL: 'The content is kept until its retention period ends, readable only with an offline key.',
  KEEP: 'The value is kept unchanged, on the ground in the last column.',
};

const CATEGORIES: Record<Category, string> = {
  IDENTITY: 'names, dates of birth and other data that identify a person',
  CONTACT: 'addresses, phone numbers and e-mail addresses',
  HEALTH: 'data about health and health insurance',
  FINANCE: 'bank accounts and card numbers',
  FREE_TEXT: 'text typed by employees, which may contain anything',
  CONTENT: 'archived documents and their keys',
  RECORD: 'facts of business records: numbers, dates, amounts and states',
  NOT_PERSONAL: 'keys, references and technical values, which say nothing about a person',
};

const REPLACEMENTS: Record<Exclude<Replacement['source'], 'CONSTANT'>, string> = {
  LABEL: 'becomes `Anonymisiert am <day> von <employee>`',
  INSTANT: 'becomes the time of the anonymization',
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
    'This page classifies every database column and says what an anonymization does to it. The erasure, its preview ' +
      'and the export use the same declarations. A test compares them with the database catalog and fails if a ' +
      `column is not classified. There are ${tables.length} tables with ${columns} columns.`,
    '## Legend',
    markdownTable(
      ['treatment', 'what happens'],
      Object.entries(TREATMENTS).map(([name, meaning]) => [code(name), meaning]),
    ),
    markdownTable(
      ['category', 'what it contains'],
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
      return `No customer data (${rule.reason}).`;
    case 'ABOUT_CUSTOMER':
      return `References customers, without personal values (${rule.reason}).`;
    case 'OF_CUSTOMER':
      return [
        `Rows belong to the customer in ${rule.customerColumns.map(code).join(' and ')}.`,
        rule.eraseRows === undefined
          ? 'An anonymization deletes no rows.'
          : `An anonymization deletes ${rowsOf(rule.eraseRows.when)} (${rule.eraseRows.reason}).`,
        ...(rule.sealed === undefined ? [] : [sealedSentence(rule.sealed)]),
        ...(rule.exceptRows === undefined
          ? []
          : [`It does not change rows where ${code(rule.exceptRows)}, which it writes itself.`]),
      ].join(' ');
  }
}

function sealedSentence({ ground, when, without, partOf }: SealedRows): string {
  const rows = when === undefined ? 'Rows' : `Rows where ${code(when)}`;
  const columns = without === undefined ? '' : `, without ${without.map(code).join(' and ')}`;
  const within = partOf === undefined ? '' : `, within the copies of ${code(partOf.table)}`;
  return (
    `${rows} are copied with the customer's name and sealed as ${code(ground.retentionClass)}${columns}${within} ` +
    `(${ground.reason}).`
  );
}

const rowsOf = (condition: string | undefined) =>
  condition === undefined ? 'all of them' : `rows where ${code(condition)}`;

function reasonOf({ rule }: MappedColumn): string {
  const parts = [rule.reason];
  if (rule.replacement !== undefined) parts.push(becomes(rule.replacement));
  if (rule.hasSurrogate === true) parts.push('replaced by a random surrogate if it names the customer');
  else if (rule.isRecordNumber === true) parts.push('kept even if it names the customer; the preview then warns');
  if (rule.when !== undefined) parts.push(`only where ${code(rule.when)}`);
  if (rule.evenIfEmpty === true) parts.push('even if NULL');
  if (rule.identifies !== undefined) parts.push(`also removed from free text, as ${code(rule.identifies)}`);
  if (rule.namesOthers === true) parts.push('a copied name that equals a value of this column is not redacted');
  return parts.join('; ');
}

const becomes = (replacement: Replacement) =>
  replacement.source === 'CONSTANT' ? `becomes ${code(replacement.value)}` : REPLACEMENTS[replacement.source];

const code = (text: string) => `\`${text}\``;
