import { HEAD_OFFICE, IMPORT_FILES, type ImportColumn, type ImportFile } from '../../modules/import';
import { markdownPage } from '../../platform/markdown/markdown-page';

/** Renders the import format as a Markdown page. */
export function renderImportFormat(): string {
  return markdownPage('Import folder', 'src/modules/import/import-files.ts', [
    '`npm run import -- DIR [--update]` imports a folder of CSV files in one transaction: all of it, or nothing. ' +
      'Files are UTF-8 with a header line, commas and quotes as in RFC 4180; an empty cell is NULL. Every file is ' +
      'optional, and so is every column that may be empty. Unknown files and columns are errors. References use the ' +
      'key of a record in the folder or in the database.',
    'The command prints the first 20 errors as `file:line: column: code`, without the value.',
    `Rows of a file without the column \`branch_code\` belong to the head office (\`${HEAD_OFFICE.code}\`, ` +
      `${HEAD_OFFICE.name}). \`--update\` updates stored customers with the columns in the file, and adds the ` +
      'other records. Amounts of a credit note are positive; a credit note without an invoice is owed to the customer.',
    ...IMPORT_FILES.map(renderFile),
  ]);
}

function renderFile({ fileName, columns, key, masterData }: ImportFile): string {
  const kept = masterData ? 'A row with a stored key is not an error.' : '';
  const unique = key === undefined ? '' : `The key is \`${key}\`. ${kept}`;
  const rows = Object.entries(columns).map(
    ([name, column]) => `| \`${name}\` | ${column.required ? 'yes' : ''} | ${formOf(column)} |`,
  );
  return [
    `## ${fileName}`,
    ...(unique === '' ? [] : ['', unique.trim()]),
    '',
    '| column | required | value |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function formOf({ type, reference, whenEmpty }: ImportColumn): string {
  const target = IMPORT_FILES.find(({ name }) => name === reference?.to);
  const form = target === undefined ? type.form : `\`${target.key}\` of ${target.fileName}`;
  return whenEmpty === undefined ? form : `${form}; empty means \`${whenEmpty}\``;
}
