import type { ColumnRule } from '../../src/kernel/personal-data';
import { constant, LABEL } from '../../src/kernel/personal-data';
import type { CustomerTable, MappedColumn } from '../../src/modules/data-map';
import { provenColumns, readResidue, readResidueByColumn } from '../../src/modules/data-map/proof-statements';
import { StatementParameters } from '../../src/platform/database/statement-parameters';

const column = (name: string, rule: Partial<ColumnRule>, type = 'text'): MappedColumn => ({
  name,
  type,
  rule: { treatment: 'KEEP', category: 'RECORD', reason: 'a reason', ...rule },
});

const table = (columns: readonly MappedColumn[], rule: Partial<CustomerTable['rule']> = {}): CustomerTable => ({
  module: 'finance',
  name: 'voucher',
  rule: { kind: 'OF_CUSTOMER', customerColumns: ['customer_id'], ...rule },
  columns,
});

const id = column('id', {}, 'bigint');
const number = column('number', { isRecordNumber: true, hasSurrogate: true });
const givenOut = column('given_out', { isRecordNumber: true });
const article = column('article', {});
const text = column('text', { treatment: 'REDACT' });
const name = column('name', { treatment: 'REPLACE', replacement: LABEL });
const title = column('title', { treatment: 'REPLACE', replacement: constant('gone') });
const born = column('born_on', { treatment: 'ERASE' }, 'date');
const mail = column('mail', { treatment: 'ERASE' });
const extras = column('extras', {}, 'jsonb');
const gross = column('gross', {}, 'bigint');
const content = column('content', { treatment: 'SEAL' }, 'bytea');

const flat = (sql: string) => sql.replaceAll(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')').trim();
const parameters = new StatementParameters({
  customerIds: { type: 'uuid[]', value: [] },
  label: { type: 'text', value: '' },
});
const readAll = (...tables: CustomerTable[]) => readResidue(tables, [], 'a label').sql;

describe('reading the remaining values', () => {
  it('reads every text column except shared numbers, and every erased column', () => {
    const all = table([number, givenOut, article, text, name, title, born, mail, extras, gross, content]);
    expect(provenColumns(all).map((each) => ({ ...each, value: each.value(parameters) }))).toEqual([
      { name: 'number', residue: 'NUMBER', value: 'voucher.number' },
      { name: 'article', residue: 'TEXT', value: 'voucher.article' },
      { name: 'text', residue: 'REDACTED', value: 'voucher.text' },
      { name: 'name', residue: 'TEXT', value: 'nullif(voucher.name, $2::text)' },
      { name: 'title', residue: 'TEXT', value: 'voucher.title' },
      { name: 'born_on', residue: 'NOTHING', value: 'voucher.born_on::text' },
      { name: 'mail', residue: 'NOTHING', value: 'voucher.mail' },
      { name: 'extras', residue: 'TEXT', value: 'voucher.extras::text' },
    ]);
  });

  it('excludes tables whose rows are all deleted, but not those that keep some', () => {
    const going = { eraseRows: { reason: 'nobody needs it' } };
    const partly = { eraseRows: { reason: 'drafts', when: "t.status = 'DRAFT'" } };
    expect(provenColumns(table([mail], going))).toEqual([]);
    expect(provenColumns(table([mail], partly))).toHaveLength(1);
    expect(readAll(table([mail], going), table([article]))).not.toContain('UNION');
  });

  it('returns one row for each customer', () => {
    expect(flat(readAll(table([number, text, mail, born]), table([article], { customerColumns: ['a', 'b'] })))).toBe(
      flat(`SELECT customer_id, string_agg(redacted, chr(31)) AS redacted, string_agg(numbers, chr(31)) AS numbers,
          string_agg(others, chr(31)) AS others, bool_or(filled) AS filled
        FROM (SELECT voucher.customer_id AS customer_id, concat_ws(chr(31), voucher.text) AS redacted,
            concat_ws(chr(31), voucher.number) AS numbers, NULL::text AS others,
            num_nonnulls(voucher.mail, voucher.born_on) > 0 AS filled FROM voucher WHERE voucher.customer_id = ANY ($1::uuid[])
          UNION ALL SELECT voucher.a AS customer_id, NULL::text AS redacted, NULL::text AS numbers,
            concat_ws(chr(31), voucher.article) AS others, false AS filled FROM voucher WHERE voucher.a = ANY ($1::uuid[])
          UNION ALL SELECT voucher.b AS customer_id, NULL::text AS redacted, NULL::text AS numbers,
            concat_ws(chr(31), voucher.article) AS others, false AS filled FROM voucher WHERE voucher.b = ANY ($1::uuid[])) AS residue
        GROUP BY customer_id`),
    );
  });

  it('or column by column', () => {
    const { sql } = readResidueByColumn([table([gross]), table([article, name]), table([id, text])], [], 'a label');
    expect(flat(sql)).toBe(
      'SELECT voucher.customer_id AS customer_id, 1 AS position, NULL::text AS record_id, ' +
        'json_build_array(voucher.article, nullif(voucher.name, $2::text)) AS "values" ' +
        'FROM voucher WHERE voucher.customer_id = ANY ($1::uuid[]) ' +
        'UNION ALL SELECT voucher.customer_id AS customer_id, 2 AS position, voucher.id::text AS record_id, ' +
        'json_build_array(voucher.text) AS "values" FROM voucher WHERE voucher.customer_id = ANY ($1::uuid[])',
    );
  });
});
