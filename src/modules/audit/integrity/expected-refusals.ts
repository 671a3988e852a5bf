const DOCUMENTS = ['invoice', 'invoice_line', 'payment', 'receipt'];
const RETAINED = ['archive_document', 'archive_key'];

/** A row trigger. Of its condition, the fact states only whether it excludes a column. */
const rowTrigger = (name: string, event: string, table: string, refusal: string) => [
  `trigger ${name} on ${table}`,
  `A CREATE TRIGGER ${name} AFTER ${event} ON public.${table} FOR EACH ROW WHEN … EXECUTE FUNCTION ${refusal}()`,
];

const TRIGGERS = [
  ...DOCUMENTS.flatMap((table) => [
    rowTrigger('refuse_change', 'UPDATE', table, 'refuse_document_change'),
    rowTrigger('refuse_delete', 'DELETE', table, 'refuse_document_change'),
    [
      `trigger refuse_truncate on ${table}`,
      `A CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_document_truncate()`,
    ],
  ]),
  rowTrigger('refuse_insert', 'INSERT', 'invoice', 'refuse_document_change'),
  [
    'trigger refuse_insert on invoice_line',
    'A CREATE TRIGGER refuse_insert AFTER INSERT ON public.invoice_line REFERENCING NEW TABLE AS new_rows FOR EACH ' +
      'STATEMENT EXECUTE FUNCTION refuse_late_lines()',
  ],
  ...RETAINED.flatMap((table) => [
    rowTrigger('refuse_delete', 'DELETE', table, 'refuse_removal'),
    rowTrigger('refuse_early_purge', 'DELETE', table, 'refuse_early_purge'),
  ]),
  [
    'trigger prove_anonymization on customer',
    'A CREATE TRIGGER prove_anonymization AFTER UPDATE ON public.customer REFERENCING OLD TABLE AS old_rows NEW ' +
      'TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION prove_anonymization()',
  ],
  rowTrigger('refuse_insert', 'INSERT', 'customer', 'refuse_closed_customer'),
  rowTrigger('refuse_merge', 'UPDATE', 'customer', 'refuse_merge'),
];

/** Digests of the functions' texts. */
const DIGESTS: Readonly<Record<string, string>> = {
  'prove_anonymization()': '67e0fcb4b05c62d904ab58e837424b353ff9c280aee7b7b62d1a2c627fef42c4',
  'refuse_anonymized(customer_ids uuid[])': 'bc6466ab896e97cc9bea36722182298201df74b275a5ebd320fabd997f9ed1a5',
  'refuse_closed_customer()': 'd222e54d3f0caabecb5335086a8e9c73fa0aa11785e25b4776bbad2c7aaff9eb',
  'refuse_document_change()': 'f03d187f3f6f1e5c79a87673db6ed1c57ce52ecaba6b6c03de15a01316d45974',
  'refuse_document_truncate()': '1618ced0dcd3c64d3ab8eb0a412ec867d4d8bfb4d54ee97dce7178ad90a646ec',
  'refuse_early_purge()': '9ff8f7eb0d4fd9afd51b623687cab59f88f6adf4ec9684466db06a9d1ad3f0e1',
  'refuse_late_lines()': '835f71715e4a2789b3549b20871d2f74f7f2f0a51b3c38bf039ba4914a1c2325',
  'refuse_merge()': 'bfb7a1580fc3bb9a2f846815185a01698f40da9c899e163b517744e4cee91c2f',
  'refuse_removal()': '5d358b8630a6d66b7250c7fd684eb79d15ba34a68dfd5dafa5ddb3e45c0a4270',
};

const FUNCTIONS = [
  ...Object.entries(DIGESTS).map(([name, digest]) => [
    `function ${name}`,
    `owned by lethe_owner, plpgsql DEFINER ${name === 'prove_anonymization()' ? '{"search_path=pg_catalog, public, pg_temp",enable_seqscan=off}' : '{"search_path=pg_catalog, public, pg_temp"}'} ${digest}`,
  ]),
  [
    'function is_issued(invoice_id bigint)',
    'owned by lethe_owner, sql INVOKER {"search_path=pg_catalog, public, pg_temp"} ' +
      '76aeab3ccbbc3922098a5b33fccf8dd8d56dd194931b2d341c8427b740bc4487',
  ],
];

/** Triggers and functions that refuse changes of documents and customers, as the migrations create them. */
export const EXPECTED_REFUSALS: readonly (readonly string[])[] = [...TRIGGERS, ...FUNCTIONS];
