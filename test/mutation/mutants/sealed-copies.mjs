/**
 * Data that the law retains with the name: sealed copies per class and year, their ciphers and dates, and how they are
 * opened.
 */
const STATEMENTS = 'src/modules/archive/anonymization/sealed-copy-statements.ts';
const COPIES = 'src/modules/archive/anonymization/sealed-copies.ts';
const ENVELOPES = 'src/modules/archive/anonymization/envelopes.ts';
const RETAINED = 'src/modules/archive/anonymization/retained-keys.ts';
const RETAINED_KEYS = 'src/modules/archive/queries/retained-keys.queries.ts';
const RETENTION = 'src/kernel/retention.ts';
const RECIPIENT = 'src/modules/customer/recipient.ts';
const COPY_CIPHER = 'src/modules/archive/crypto/copy-cipher.ts';
const CONTENT_CIPHER = 'src/modules/archive/crypto/content-cipher.ts';
const KEY_WRAP = 'src/modules/archive/crypto/key-wrap.ts';
const SEAL = 'src/modules/archive/crypto/fiscal-seal.ts';
const UNSEALING = 'src/modules/archive/unseal/archive-unsealing.ts';
const SEALED_DOCUMENTS = 'src/modules/archive/unseal/sealed-documents.ts';

const crypto = { specs: ['test/unit/archive-crypto.spec.ts'] };
const documents = { specs: ['test/e2e/documents.e2e.spec.ts'] };
const merge = { specs: ['test/e2e/merge.e2e.spec.ts'] };
const purge = { specs: ['test/integration/purge.spec.ts'] };
const fingerprints = { specs: ['test/integration/key-fingerprints.spec.ts'] };

export default {
  specs: ['test/integration/sealed-copies.spec.ts'],
  mutants: [
    {
      name: 'a voucher is copied for one year less than the law asks',
      file: RETENTION,
      find: "retentionClass: 'VOUCHER',\n    years: 8,",
      replace: "retentionClass: 'VOUCHER',\n    years: 7,",
    },
    {
      name: 'a quote is copied for as long as a voucher',
      file: RETENTION,
      find: "retentionClass: 'BUSINESS_LETTER',\n    years: 6,",
      replace: "retentionClass: 'BUSINESS_LETTER',\n    years: 8,",
    },
    {
      name: 'the copy about devices has no birth date',
      file: RETENTION,
      find: "asksFor: 'NAME_AND_BIRTH_DATE',",
      replace: "asksFor: 'NAME',",
    },
    {
      name: 'a document may go on the first day of the year in which its period ends',
      file: RETENTION,
      find: 'GROUNDS[retentionClass].years}-12-31`;',
      replace: 'GROUNDS[retentionClass].years}-01-01`;',
      specs: ['test/e2e/document-upload.e2e.spec.ts'],
    },
    {
      name: 'the year in the name of an unsealed copy is the one in which it goes',
      file: RETENTION,
      find: "Number(until.slice(0, until.indexOf('-', 1))) - GROUNDS[retentionClass].years;",
      replace: "Number(until.slice(0, until.indexOf('-', 1)));",
      ...documents,
    },
    {
      name: 'a copy may be deleted a year early',
      file: STATEMENTS,
      find: 'make_date(copy.year + copy.years, 12, 31) AS retention_until,',
      replace: 'make_date(copy.year + copy.years - 1, 12, 31) AS retention_until,',
    },
    {
      name: 'a copy states another last day than the one on which it goes',
      file: STATEMENTS,
      find: "jsonValue('make_date(copy.year + copy.years, 12, 31)'),",
      replace: "jsonValue('make_date(copy.year, 12, 31)'),",
    },
    {
      name: 'nothing is copied in the last year of its period',
      file: STATEMENTS,
      find: 'WHERE t.kept_year + ${ground.years} >= extract(year FROM $2::date)',
      replace: 'WHERE t.kept_year + ${ground.years} > extract(year FROM $2::date)',
    },
    {
      name: 'records are copied after their period is over',
      file: STATEMENTS,
      find: 'WHERE t.kept_year + ${ground.years} >= extract(year FROM $2::date)',
      replace: 'WHERE t.kept_year + ${ground.years} + 1 >= extract(year FROM $2::date)',
    },
    {
      name: 'a payment made later does not prolong the period of its invoice',
      file: STATEMENTS,
      find: "dates.length === 1 ? dates[0]! : `greatest(${dates.join(', ')})`;",
      replace: 'dates[0]!;',
    },
    {
      name: 'an invoice lies in the year of its first payment',
      file: STATEMENTS,
      find: '`max(${startsOn})`} AS period_start',
      replace: '`min(${startsOn})`} AS period_start',
    },
    {
      name: 'a credit note lies in another copy than its invoice',
      file: STATEMENTS,
      find: 'group === undefined ? latest : `max(${latest}) OVER (PARTITION BY ${group})`;',
      replace: 'latest;',
    },
    {
      name: 'a record without a date is never copied',
      file: STATEMENTS,
      find: 'CASE WHEN isfinite(dated.period_start) THEN dated.period_start ELSE $2::date END)::int',
      replace: 'CASE WHEN isfinite(dated.period_start) THEN dated.period_start END)::int',
    },
    {
      name: 'drafts are copied with the vouchers',
      file: STATEMENTS,
      find: "${when === undefined ? '' : ` AND ${when}`}) dated)`;",
      replace: ') dated)`;',
    },
    {
      name: "the lines of all of the customer's invoices lie in each of them",
      file: STATEMENTS,
      find: 'WHERE t.customer_id = record.customer_id AND t.${partOf!.by} = record.id)',
      replace: 'WHERE t.customer_id = record.customer_id)',
    },
    {
      name: 'a till receipt of New Year’s Eve lies in the year of Greenwich',
      file: STATEMENTS,
      find: "startsOn!.replaceAll(':timeZone', literal(timeZone)),",
      replace: "startsOn!.replaceAll(':timeZone', literal('UTC')),",
    },
    {
      name: 'notes of the shop stand in the copies',
      file: STATEMENTS,
      find: 'table.columns.filter(({ name }) => !without.includes(name));',
      replace: 'table.columns.filter(() => without.length < 99);',
    },
    {
      name: 'a till receipt without a name stays without one',
      file: STATEMENTS,
      find: 'if (column.rule.ifEmpty !== undefined) return jsonValue(filled(column));',
      replace: "if (column.rule.ifEmpty === 'CUSTOMER_ADDRESS') return jsonValue(filled(column));",
    },
    {
      name: 'the preview does not warn that a recipient has no address',
      file: STATEMENTS,
      find: 'count(*) FILTER (WHERE ${addressless})',
      replace: 'count(*) FILTER (WHERE false)',
    },
    {
      name: 'a copy about vouchers holds the birth date',
      file: STATEMENTS,
      find: 'CASE WHEN copy.needs_birth_date\n',
      replace: 'CASE WHEN true\n',
    },
    {
      name: 'lines lie in an invoice in the order in which they were typed',
      file: STATEMENTS,
      find: 'jsonArray(jsonObject(members.values), order)} AS json`',
      replace: "jsonArray(jsonObject(members.values), 't.id')} AS json`",
    },
    {
      name: 'nameless customers are anonymized',
      file: COPIES,
      find: 'if (!isRepetition && copies.some(({ is_named }) => !is_named)) throw',
      replace: 'if (isRepetition && copies.some(({ is_named }) => !is_named)) throw',
    },
    {
      name: 'an anonymization goes on when a copy could not be written',
      file: COPIES,
      find: "throw new DomainError('FISCAL_COPY_FAILED', {}, error);",
      replace: "if (tables.length === 0) throw new DomainError('FISCAL_COPY_FAILED', {}, error);",
    },
    {
      name: 'copies are dated with the day of the anonymization instead of their own',
      file: COPIES,
      find: 'retentionUntil: copy.retention_until,',
      replace: 'retentionUntil: cause.today,',
    },
    {
      name: 'a module seals the records of all modules',
      file: COPIES,
      find: 'this.tables.filter((table) => table.module === module);',
      replace: 'this.tables;',
    },
    {
      name: 'the preview counts lines and payments as documents that are kept',
      file: COPIES,
      find: 'this.tables.filter(({ rule }) => rule.sealed.partOf === undefined);',
      replace: 'this.tables;',
    },
    {
      name: 'the preview names the first last day instead of the last',
      file: COPIES,
      find: '(yearOf(b) > yearOf(a) ? b : a)',
      replace: '(yearOf(b) < yearOf(a) ? b : a)',
    },
    {
      name: 'one key opens copies of several last days',
      file: ENVELOPES,
      find: 'const missing = [...new Set(days)].filter((day) => !open.has(day));\n    for (const day of missing) open.set(day, { id: newId(), envelope: this.seal.newEnvelope() });',
      replace:
        'const missing = [...new Set(days)].filter((day) => !open.has(day));\n    const one = { id: newId(), envelope: this.seal.newEnvelope() };\n    for (const day of missing) open.set(day, one);\n    missing.splice(1);',
    },
    {
      name: 'keys of a batch stay in memory',
      file: ENVELOPES,
      find: 'for (const { envelope } of open.values()) envelope.dispose();',
      replace: '',
    },
    {
      name: 'the process keeps a key that opens sealed documents',
      file: RETAINED,
      find: 'SET wrapped_key = NULL, sealed_key = v.sealed_key,',
      replace: 'SET sealed_key = v.sealed_key,',
      ...documents,
    },
    {
      name: 'the key of a class goes when its first document is due',
      file: RETAINED_KEYS,
      find: 'SELECT max(d.retention_until) FROM archive_document d',
      replace: 'SELECT min(d.retention_until) FROM archive_document d',
      ...purge,
    },
    {
      name: 'a key from a merge stays readable',
      file: RETAINED_KEYS,
      find: "k.retention_class <> 'NONE' AND k.wrapped_key IS NOT NULL`",
      replace: "k.retention_class <> 'NONE' AND NOT k.inherited AND k.wrapped_key IS NOT NULL`",
      ...merge,
    },
    {
      name: 'the key of unsealed letters is sealed with the others',
      file: RETAINED_KEYS,
      find: "k.retention_class <> 'NONE' AND k.wrapped_key",
      replace: 'k.wrapped_key',
      ...documents,
      judged:
        'The same transaction erases the keys of class NONE with their documents; what was sealed goes with the row.',
    },
    {
      name: 'the recipient is the residential address although there is one for invoices',
      file: RECIPIENT,
      find: "ARRAY['INVOICE', 'RESIDENTIAL']",
      replace: "ARRAY['RESIDENTIAL', 'INVOICE']",
    },
    {
      name: 'an empty address takes the place of a filled one',
      file: RECIPIENT,
      find: 'AND ${line} IS NOT NULL',
      replace: '',
    },
    {
      name: 'a company is a recipient without its person',
      file: RECIPIENT,
      find: "''), nullif(${person}, '')), '')`;",
      replace: "'')), '')`;",
    },
    {
      name: 'two copies are encrypted with the same nonce',
      file: COPY_CIPHER,
      find: 'content.writeUIntBE(this.count++, HEADER_BYTES - 6, 6);',
      replace: 'content.writeUIntBE(this.count, HEADER_BYTES - 6, 6);',
      ...crypto,
    },
    {
      name: 'a copy opens under the id of another one',
      file: COPY_CIPHER,
      find: '.setAAD(Buffer.from(contentId));\n    cipher.update(plaintext)',
      replace: ".setAAD(Buffer.from('copy'));\n    cipher.update(plaintext)",
      ...crypto,
    },
    {
      name: 'a changed copy is handed out',
      file: COPY_CIPHER,
      find: 'decipher.final();\n    } catch {\n      throw damaged(contentId);',
      replace: 'decipher.final();\n    } catch {\n      return plaintext;',
      ...crypto,
    },
    {
      name: 'a content that was cut off at a chunk passes for whole',
      file: CONTENT_CIPHER,
      find: 'bytes.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);',
      replace: 'bytes.writeUInt8(0, NONCE_BYTES - 1);',
      ...crypto,
    },
    {
      name: 'chunks of a content may change places',
      file: CONTENT_CIPHER,
      find: 'bytes.writeUIntBE(count, NONCE_BYTES - 7, 6);',
      replace: 'bytes.writeUIntBE(0 * count, NONCE_BYTES - 7, 6);',
      ...crypto,
    },
    {
      name: 'all contents of a key are encrypted alike',
      file: CONTENT_CIPHER,
      find: 'private readonly salt = randomBytes(SALT_BYTES);',
      replace: 'private readonly salt = Buffer.alloc(SALT_BYTES);',
      ...crypto,
    },
    {
      name: 'a data key opens under the class of another one',
      file: KEY_WRAP,
      find: "JSON.stringify(['lethe data key', VERSION, customerId, retentionClass])",
      replace: "JSON.stringify(['lethe data key', VERSION, customerId])",
      ...crypto,
    },
    {
      name: 'a data key opens for another customer',
      file: KEY_WRAP,
      find: "JSON.stringify(['lethe data key', VERSION, customerId, retentionClass])",
      replace: "JSON.stringify(['lethe data key', VERSION, retentionClass])",
      ...crypto,
    },
    {
      name: 'an envelope is sealed under a key that everybody knows',
      file: SEAL,
      find: 'const key = randomBytes(KEY_BYTES);',
      replace: 'const key = Buffer.alloc(KEY_BYTES);',
      ...crypto,
    },
    {
      name: 'an envelope encrypts with a wiped key',
      file: SEAL,
      find: "if (this.copyCipher === null) throw new Error('The envelope was disposed of');\n    return key;",
      replace: 'return key;',
      ...crypto,
    },
    {
      name: 'a pair of keys that does not belong together seals',
      file: SEAL,
      find: "if (recipient !== derived) throw new DomainError('FISCAL_SEAL_INVALID');",
      replace: '',
      ...crypto,
    },
    {
      name: 'the seal is called offline while its identity lies beside it',
      file: SEAL,
      find: 'return new FiscalSeal(recipient, true);',
      replace: 'return new FiscalSeal(recipient, false);',
      ...crypto,
    },
    {
      name: 'copies of version 1 cannot be opened any more',
      file: SEAL,
      find: 'if (content[0] === COPY_VERSION) return this.copies().decrypt(contentId, content);\n    return decrypt(',
      replace: 'if (content[0] !== 0) return this.copies().decrypt(contentId, content);\n    return decrypt(',
      ...documents,
    },
    {
      name: 'another seal is used without a question',
      file: 'src/modules/archive/crypto/bound-seal.ts',
      find: 'if (known !== null && known !== seal.recipient) throw changed(known, seal.recipient);\n  if (await fingerprints.isKnown(SEAL_NAME, seal.recipient)) return seal;',
      replace: 'if (await fingerprints.isKnown(SEAL_NAME, known ?? seal.recipient)) return seal;',
      ...fingerprints,
      tests: 'each dependency of a database the fiscal seal',
    },
    {
      name: 'a lost seal is replaced by a fresh one',
      file: 'src/modules/archive/crypto/bound-seal.ts',
      find: 'if (known !== null && configured === null && !isInFolder) throw changed(known, null);',
      replace: '',
      ...fingerprints,
    },
    {
      name: 'documents are unsealed without a trace',
      file: UNSEALING,
      find: 'await this.record(customer, documents.length);',
      replace: '',
      ...documents,
    },
    {
      name: 'unsealed documents can be read by everybody on the machine',
      file: UNSEALING,
      find: 'const FOLDER_MODE = 0o700;',
      replace: 'const FOLDER_MODE = 0o755;',
      ...documents,
    },
    {
      name: 'a shortened file is left behind when a content is damaged',
      file: UNSEALING,
      find: 'await rm(path, { force: true });',
      replace: '',
      ...documents,
    },
    {
      name: 'the number of a customer leads out of the folder',
      file: UNSEALING,
      find: "text.replace(/[^\\p{L}\\p{N}._-]/gu, '_').replace(/^\\./, '_');",
      replace: 'text;',
      ...documents,
    },
    {
      name: 'a document is unsealed with the key of another merged customer',
      file: 'src/modules/archive/archive-keys.ts',
      find: 'AND (k.id = d.key_id OR d.key_id IS NULL AND NOT k.inherited)`;',
      replace: 'AND NOT k.inherited`;',
      ...merge,
    },
    {
      name: 'customers after the first 200 are not unsealed',
      file: SEALED_DOCUMENTS,
      find: 'if (customers.length < CUSTOMERS_PER_BATCH) return;',
      replace: 'if (customers.length <= CUSTOMERS_PER_BATCH) return;',
      ...documents,
    },
  ],
};
