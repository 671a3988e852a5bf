/** The proof at the end of an anonymization, the scan, and the verification of the log and of erasure certificates. */
const statements = 'src/modules/data-map/proof-statements.ts';
const scan = 'src/modules/data-map/proof-scan.ts';
const oldValues = 'src/modules/data-map/old-values.ts';
const search = 'src/modules/erasure-upkeep/identifier-search.ts';
const database = 'src/modules/erasure-upkeep/database-scan.ts';
const databaseQueries = 'src/modules/erasure-upkeep/queries/database-scan.queries.ts';
const values = 'src/cli/scan-values.ts';
const tree = 'src/libraries/transparency-log/merkle-tree.ts';
const consistency = 'src/libraries/transparency-log/consistency-proof.ts';
const note = 'src/libraries/transparency-log/note-verifier.ts';
const log = 'src/libraries/transparency-log/log-verifier.ts';
const receipt = 'src/modules/audit/verification/receipt-verifier.ts';

const STATEMENTS = ['test/unit/proof-statements.spec.ts'];
const OLD_VALUES = ['test/unit/old-values.spec.ts'];
const SCAN = ['test/integration/proof-scan.spec.ts'];
const SEARCH = ['test/unit/identifier-search.spec.ts'];
const VALUES = ['test/unit/scan-values.spec.ts'];
const DATABASE = ['test/integration/erasure-scan.spec.ts'];
const TREE = ['test/unit/merkle-tree.spec.ts'];
const NOTE = ['test/unit/signed-note.spec.ts'];
const LOG = ['test/unit/audit-tampering.spec.ts'];
const RECEIPT = ['test/unit/receipt-verifier.spec.ts'];

export default {
  mutants: [
    {
      name: 'the proof passes over columns that were erased',
      file: statements,
      find: "if (rule.treatment === 'ERASE') return 'NOTHING';",
      replace: "if (rule.treatment === 'ERASE') return null;",
      specs: STATEMENTS,
    },
    {
      name: 'the proof passes over JSON',
      file: statements,
      find: 'const TEXT_TYPE = /^(?:text|character|citext|jsonb?|xml)/;',
      replace: 'const TEXT_TYPE = /^(?:text|character|citext|xml)/;',
      specs: STATEMENTS,
    },
    {
      name: 'the proof passes over tables of which some rows stay',
      file: statements,
      find: 'if (table.rule.eraseRows !== undefined && table.rule.eraseRows.when === undefined) return [];',
      replace: 'if (table.rule.eraseRows !== undefined) return [];',
      specs: STATEMENTS,
    },
    {
      name: 'numbers that became surrogates are not proved',
      file: statements,
      find: "return rule.hasSurrogate === true ? 'NUMBER' : null;",
      replace: 'return null;',
      specs: STATEMENTS,
    },
    {
      name: 'redacted texts are proved as if nothing had been taken out of them',
      file: statements,
      find: "if (rule.treatment === 'REDACT') return 'REDACTED';",
      replace: '',
      specs: STATEMENTS,
    },
    {
      name: 'a row of two customers is proved for the first alone',
      file: statements,
      find: '(provenColumns(table).length === 0 ? [] : table.rule.customerColumns)',
      replace: '(provenColumns(table).length === 0 ? [] : table.rule.customerColumns.slice(0, 1))',
      specs: STATEMENTS,
    },
    {
      name: 'a customer is suspicious only when every row is filled',
      file: statements,
      find: 'bool_or(filled) AS filled',
      replace: 'bool_and(filled) AS filled',
      specs: SCAN,
    },
    {
      name: 'the proof asks for nothing in numbers',
      file: oldValues,
      find: '(numbers !== null && this.inNumbers.mayFindIn(numbers)) ||',
      replace: '',
      specs: OLD_VALUES,
    },
    {
      name: 'the first look of the proof passes over texts that were not redacted',
      file: oldValues,
      find: "textsOf(others).some((text) => this.occurIn(text, 'TEXT'))",
      replace: 'false',
      specs: OLD_VALUES,
    },
    {
      name: 'a value that stands in two texts, with their border between, is suspicious',
      judged: 'the first look may find too much; the second one reads each column by itself',
      file: oldValues,
      find: 'joined?.split(BETWEEN_TEXTS) ?? []',
      replace: "(joined === null ? [] : [joined.replaceAll(BETWEEN_TEXTS, ' ')])",
      specs: OLD_VALUES,
    },
    {
      name: 'a lone name in a redacted text passes the proof',
      file: oldValues,
      find: 'return this.redactor.finds(text, this.read);',
      replace: 'return this.unmistakable.finds(text, this.read);',
      specs: OLD_VALUES,
    },
    {
      name: 'an erased column that is filled again passes the proof',
      file: scan,
      find: 'if (filled || values.mayOccurIn(texts)) suspects',
      replace: 'if (values.mayOccurIn(texts)) suspects',
      specs: SCAN,
    },
    {
      name: 'suspicious customers are not looked at',
      file: scan,
      find: 'if (suspects.size > 0) await this.checkColumns(suspects, context.label);',
      replace: '',
      specs: SCAN,
    },
    {
      name: 'the label of the anonymization fails the proof',
      file: statements,
      find: "rule.replacement?.source === 'LABEL' ? `nullif(${text}, ${parameters.placeholder('label')})` : text;",
      replace: 'text;',
      specs: STATEMENTS,
    },
    {
      name: 'the scan passes over values of more than one word when blanks differ',
      file: search,
      find: "return { text, letters: keys.join(''), words: ` ${keys.join(' ')} ` };",
      replace: "return { text, letters: text.toLowerCase(), words: ` ${keys.join(' ')} ` };",
      specs: SEARCH,
    },
    {
      name: 'the scan takes a full name in a longer word for the customer',
      file: search,
      find: '({ words }) => words.includes(wanted));',
      replace: '() => true);',
      specs: SEARCH,
    },
    {
      name: 'the scan finds a name written together only at the beginning of a text',
      file: search,
      find: 'for (let position = 0; position + length <= letters.length; position++) {',
      replace: 'for (let position = 0; position < 1; position++) {',
      specs: SEARCH,
    },
    {
      name: 'the scan misses a value at the end of a text',
      file: search,
      find: 'position + length <= letters.length',
      replace: 'position + length < letters.length',
      specs: SEARCH,
    },
    {
      name: 'the scan takes the digits of ids and instants for phone numbers',
      file: search,
      find: ".replace(TECHNICAL, ' ')",
      replace: '',
      specs: SEARCH,
    },
    {
      name: 'the scan misses a value behind a line break in JSON',
      file: search,
      find: "text.replace(ESCAPES, ' ')",
      replace: 'text',
      specs: SEARCH,
    },
    {
      name: 'the scan looks for one customer where two have the same value',
      file: search,
      find: 'else known.push(wanted);',
      replace: '',
      specs: SEARCH,
    },
    {
      name: 'the scan does not look for birth names',
      file: search,
      find: "for (const last of named('LAST_NAME', 'BIRTH_NAME')) {",
      replace: "for (const last of named('LAST_NAME')) {",
      specs: SEARCH,
    },
    {
      name: 'the values of a second record of one customer replace those of the first',
      file: values,
      find: '[...(found.get(customer) ?? []), ...record.values',
      replace: '[...record.values',
      specs: VALUES,
    },
    {
      name: 'a header counts as a customer',
      file: values,
      find: 'if (customerAt === -1) return',
      replace: 'if (customerAt !== 0) return',
      specs: VALUES,
    },
    {
      name: 'a record that names nobody is passed over',
      file: values,
      find: "if (customer === '') return index + 1;",
      replace: "if (customer === '') continue;",
      specs: VALUES,
    },
    {
      name: 'the scan passes over binary columns',
      file: database,
      find: "const WITHOUT_TEXT = [\n  ...['bool',",
      replace: "const WITHOUT_TEXT = [\n  ...['bytea', 'bool',",
      specs: DATABASE,
    },
    {
      name: 'the scan passes over other schemas',
      file: databaseQueries,
      find: "WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')",
      replace: "WHERE c.relkind IN ('r', 'm') AND n.nspname = 'public'",
      specs: DATABASE,
    },
    {
      name: 'the scan passes over the statistics',
      file: database,
      find: 'await this.readStatistics();',
      replace: '',
      specs: DATABASE,
    },
    {
      name: 'the scan stops after the first piece of a table',
      file: database,
      find: 'if (rows.length < ROWS_PER_FETCH) break;',
      replace: 'break;',
      specs: DATABASE,
    },
    {
      name: 'inner nodes of the tree pass for leaves',
      file: tree,
      find: 'const NODE = 1;',
      replace: 'const NODE = 0;',
      specs: TREE,
    },
    {
      name: 'a proof that is too long proves something',
      file: tree,
      find: 'if (last === 0) return false;',
      replace: 'if (last === 0) break;',
      specs: TREE,
    },
    {
      name: 'a proof that is too short proves something',
      file: tree,
      find: 'return last === 0 && isSame(computed, root);',
      replace: 'return isSame(computed, root);',
      specs: TREE,
    },
    {
      name: 'a leaf behind the end of the tree is proved',
      file: tree,
      find: ' || leaf >= size || ',
      replace: ' || ',
      specs: TREE,
    },
    {
      name: 'hashes of any length are taken',
      file: tree,
      find: 'hashes.every(({ length }) => length === HASH_BYTES)',
      replace: 'hashes.every(({ length }) => length >= 0)',
      specs: TREE,
    },
    {
      name: 'a newer tree may have forgotten the older one',
      file: consistency,
      find: 'isSame(oldComputed, olderRoot) && ',
      replace: '',
      specs: TREE,
    },
    {
      name: 'two trees of one size may differ',
      file: consistency,
      find: 'return proof.length === 0 && isSame(olderRoot, newerRoot);',
      replace: 'return proof.length === 0;',
      specs: TREE,
    },
    {
      name: 'a key of the same name and id is trusted without its signature',
      file: note,
      find: 'return verify(null, Buffer.from(text), this.key, bytes.subarray(4));',
      replace: 'return true;',
      specs: NOTE,
    },
    {
      name: 'a checkpoint needs no signature of a known key',
      file: note,
      find: 'if (!verifiers.some((verifier) => signatures.some((signature) => verifier.hasSigned(text, signature)))) return null;',
      replace: '',
      specs: NOTE,
    },
    {
      name: 'two notes may bear one signature in different letters',
      file: note,
      find: "return bytes.toString('base64') === encoded ? { name, bytes } : null;",
      replace: 'return { name, bytes };',
      specs: NOTE,
    },
    {
      name: 'a missing entry of the log is passed over',
      file: log,
      find: "if (leaf === null) return this.found('ENTRY_MISSING', exactly(this.tree.size + 1));",
      replace: 'if (leaf === null) continue;',
      specs: ['test/e2e/audit-verification.e2e.spec.ts'],
    },
    {
      name: 'an anchor that the log contradicts is passed over',
      file: log,
      find: "if (!anchor.root.equals(tree.root)) return this.broken('ANCHOR_CONTRADICTED', { from: 1, to: anchor.size });",
      replace: '',
      specs: LOG,
    },
    {
      name: 'a checkpoint with another root than the entries is passed over',
      file: log,
      find: 'if (!this.awaited.root.equals(tree.root))',
      replace: 'if (this.awaited.root.length !== tree.root.length)',
      specs: LOG,
    },
    {
      name: 'a log that ends before its last checkpoint is complete',
      file: log,
      find: "if (this.awaited !== null || (this.anchor?.size ?? 0) > this.tree.size)\n      return this.found('ENTRIES_NOT_THERE', this.unvouched());",
      replace: '',
      specs: LOG,
    },
    {
      name: 'a certificate of another customer is taken',
      file: receipt,
      find: 'if (entry.customerId !== receipt.customerId || !ERASURES.includes(entry.action))',
      replace: 'if (!ERASURES.includes(entry.action))',
      specs: RECEIPT,
    },
    {
      name: 'any entry of the log passes for an erasure',
      file: receipt,
      find: ' || !ERASURES.includes(entry.action))',
      replace: ')',
      specs: RECEIPT,
    },
    {
      name: 'a certificate without the entry of a module is taken',
      file: receipt,
      find: "if (!isSame(erased.map(({ module }) => module).sort(), MODULES)) return verdict('MODULES_INCOMPLETE');",
      replace: '',
      specs: RECEIPT,
    },
    {
      name: 'a certificate is taken whose entries nothing proves',
      file: receipt,
      find: "if (!isProven(checkpoint, sequence, canonical, proof?.hashes)) return verdict('PROOF_REFUSED', sequence);",
      replace: '',
      specs: RECEIPT,
    },
    {
      name: 'a certificate may bring another data map than its entries name',
      file: 'src/modules/audit/short-effects.ts',
      find: ' || digestOf(treatments) !== dataMap)',
      replace: ')',
      specs: RECEIPT,
    },
    {
      name: 'a certificate may lack the data map of its entries',
      file: receipt,
      find: "if (unexplained !== undefined) return verdict('DATA_MAP_REFUSED', unexplained.sequence as number);",
      replace: '',
      specs: RECEIPT,
    },
    {
      name: 'a certificate may leave out what was done',
      file: receipt,
      find: 'isSame(objects(receipt.effects)?.map(sorted).sort(), effects.map(sorted).sort())',
      replace: 'true',
      specs: RECEIPT,
    },
    {
      name: 'a certificate may name another day and run',
      file: receipt,
      find: 'entries.every(({ occurredAt, runId }) => receipt.anonymizedAt === occurredAt && receipt.runId === runId) &&',
      replace: '',
      specs: RECEIPT,
    },
    {
      name: 'a certificate may name another reason and reference',
      file: receipt,
      find: 'details.every(({ reason, reference }) => receipt.reason === reason && receipt.reference === reference) &&',
      replace: '',
      specs: RECEIPT,
    },
    {
      name: 'a certificate may name another customer number',
      file: receipt,
      find: 'receipt.customerNumber === ofCustomer.customerNumber &&',
      replace: '',
      specs: RECEIPT,
    },
  ],
};
