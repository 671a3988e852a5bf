import type { ColumnRule } from '../../src/kernel/personal-data';
import { constant, LABEL } from '../../src/kernel/personal-data';
import type { CustomerTable, MappedColumn } from '../../src/modules/data-map';
import { provenColumns, readRemains, readRemainsByColumn } from '../../src/modules/data-map/proof-statements';

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

const flat = (sql: string) => sql.replaceAll(/\s+/g, ' ').trim();

describe('reading what is left', () => {
  it('asks every text column but a number that was given out, and every column that was erased', () => {
    const all = table([number, givenOut, article, text, name, title, born, mail, extras, gross, content]);
    expect(provenColumns(all)).toEqual([
      { name: 'number', remains: 'NUMBER', value: 't.number' },
      { name: 'article', remains: 'TEXT', value: 't.article' },
      { name: 'text', remains: 'REDACTED', value: 't.text' },
      { name: 'name', remains: 'TEXT', value: 'nullif(t.name, $2::text)' },
      { name: 'title', remains: 'TEXT', value: 't.title' },
      { name: 'born_on', remains: 'NOTHING', value: 't.born_on::text' },
      { name: 'mail', remains: 'NOTHING', value: 't.mail' },
      { name: 'extras', remains: 'TEXT', value: 't.extras::text' },
    ]);
  });

  it('leaves out a table whose rows all go, not one of which some stay', () => {
    const going = { eraseRows: { reason: 'nobody needs it' } };
    const partly = { eraseRows: { reason: 'drafts', when: "t.status = 'DRAFT'" } };
    expect(provenColumns(table([mail], going))).toEqual([]);
    expect(provenColumns(table([mail], partly))).toHaveLength(1);
    expect(readRemains([table([mail], going), table([article])])).not.toContain('UNION');
  });

  it('gives one row for each customer', () => {
    expect(
      flat(readRemains([table([number, text, mail, born]), table([article], { customerColumns: ['a', 'b'] })])),
    ).toBe(
      flat(`SELECT customer_id, string_agg(redacted, chr(31)) AS redacted, string_agg(numbers, chr(31)) AS numbers,
          string_agg(others, chr(31)) AS others, bool_or(filled) AS filled
        FROM (SELECT t.customer_id AS customer_id, concat_ws(chr(31), t.text) AS redacted, concat_ws(chr(31), t.number) AS numbers,
            NULL::text AS others, num_nonnulls(t.mail, t.born_on) > 0 AS filled FROM voucher t WHERE t.customer_id = ANY ($1::uuid[])
          UNION ALL SELECT t.a AS customer_id, NULL::text AS redacted, NULL::text AS numbers,
            concat_ws(chr(31), t.article) AS others, false AS filled FROM voucher t WHERE t.a = ANY ($1::uuid[])
          UNION ALL SELECT t.b AS customer_id, NULL::text AS redacted, NULL::text AS numbers,
            concat_ws(chr(31), t.article) AS others, false AS filled FROM voucher t WHERE t.b = ANY ($1::uuid[])) AS remains
        GROUP BY customer_id`),
    );
  });

  it('or column by column', () => {
    expect(flat(readRemainsByColumn([table([gross]), table([article, name]), table([id, text])]))).toBe(
      'SELECT t.customer_id AS customer_id, 1 AS place, NULL::text AS record_id, ' +
        'json_build_array(t.article, nullif(t.name, $2::text)) AS "values" FROM voucher t WHERE t.customer_id = ANY ($1::uuid[]) ' +
        'UNION ALL SELECT t.customer_id AS customer_id, 2 AS place, t.id::text AS record_id, json_build_array(t.text) AS "values" ' +
        'FROM voucher t WHERE t.customer_id = ANY ($1::uuid[])',
    );
  });
});
