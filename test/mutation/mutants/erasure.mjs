/** The SQL of the erasure, the identifying values for redaction, and the proof at the end. */
const STATEMENTS = 'src/modules/data-map/erasure-statements.ts';
const CONDITIONS = 'src/modules/data-map/row-conditions.ts';
const TEXTS = 'src/modules/data-map/text-statements.ts';
const IDENTIFYING = 'src/modules/data-map/identifier-statements.ts';
const SQL_TEXT = 'src/platform/database/sql-text.ts';
const ERASURE = 'src/modules/data-map/erasure.ts';
const OWN = 'src/modules/data-map/own-identifiers.ts';
const NUMBER = 'src/modules/data-map/number-check.ts';
const NUMBERS = 'src/modules/data-map/named-numbers.ts';
const OLD_VALUES = 'src/modules/data-map/old-values.ts';
const PROOF = 'src/modules/data-map/proof-statements.ts';
const SCAN = 'src/modules/data-map/proof-scan.ts';
const REAPPLY = 'src/modules/data-map/reapplication-statements.ts';
const STEPS = 'src/modules/anonymization/saga/anonymization.steps.ts';
const SAGA = 'src/modules/anonymization/saga/anonymization.saga.ts';
const MEMBERS = 'src/modules/runs/state/named-members.ts';
const MEMBER_QUERIES = 'src/modules/runs/queries/named-members.queries.ts';
const CUSTOMER_STEP = 'src/modules/customer/anonymization/anonymize-customer-data.handler.ts';

const unit = { specs: ['test/unit/erasure-statements.spec.ts'] };
const numberCheck = { specs: ['test/unit/number-check.spec.ts'] };
const oldValues = { specs: ['test/unit/old-values.spec.ts'] };
const proofStatements = { specs: ['test/unit/proof-statements.spec.ts'] };
const proofScan = { specs: ['test/integration/proof-scan.spec.ts'] };
const named = { specs: ['test/integration/named-records.spec.ts'] };
const folders = { specs: ['test/integration/redacted-folders.spec.ts'] };
const former = { specs: ['test/integration/former-identity.spec.ts'] };
const reapply = { specs: ['test/integration/erasure-reapply.spec.ts'] };
const api = { specs: ['test/e2e/anonymization.e2e.spec.ts'] };

export default {
  specs: ['test/e2e/whole-database.e2e.spec.ts'],
  mutants: [
    {
      name: 'a relationship is found from its first side alone',
      file: CONDITIONS,
      find: "any(rule.customerColumns.map((column) => `${name}.${column} = ANY (${parameters.placeholder('customerIds')})`));",
      replace:
        "any(rule.customerColumns.slice(0, 1).map((column) => `${name}.${column} = ANY (${parameters.placeholder('customerIds')})`));",
    },
    {
      name: 'a change of some rows changes all rows of the table',
      file: STATEMENTS,
      find: 'where([`${table.name}.ctid = ${rows}.row_address`, isChanged])',
      replace: 'where([isChanged])',
    },
    {
      name: 'rows that stay are deleted with those that go',
      file: STATEMENTS,
      find: 'treatments: [treatment],',
      replace: 'treatments: treatments.map(([each]) => each),',
    },
    {
      name: 'the row of the customer is changed before the other tables of its step',
      file: STATEMENTS,
      find: 'if (rewritten.length === 0 || isCustomer(table)) return [];',
      replace: 'if (rewritten.length === 0) return [];',
    },
    {
      name: 'a row with one filled column among several is passed over',
      file: SQL_TEXT,
      find: '`OR ${condition}`',
      replace: '`AND ${condition}`',
      ...unit,
    },
    {
      name: 'rows that go count as rewritten, too',
      file: STATEMENTS,
      find: 'all([not(isErased), condition]);',
      replace: 'all([condition]);',
      ...unit,
    },
    {
      name: 'an empty name gets the label',
      file: CONDITIONS,
      find: "rule.evenIfEmpty === true ? 'true' : isFilled(table, { name }),",
      replace: "rule.evenIfEmpty !== false ? 'true' : isFilled(table, { name }),",
      ...unit,
    },
    {
      name: 'every quote is ended, the accepted ones included',
      file: CONDITIONS,
      find: "rule.when === undefined ? 'true' : conditionOn(table, rule.when),",
      replace: '',
      ...unit,
    },
    {
      name: 'sealed copies are treated like the documents that were there before',
      file: CONDITIONS,
      find: "table.rule.exceptRows === undefined ? 'true' : not(conditionOn(table, table.rule.exceptRows));",
      replace: "'true';",
      specs: ['test/integration/sealed-copies.spec.ts'],
    },
    {
      name: 'of two redacted texts of a row only the first is written back',
      file: TEXTS,
      find: 'SET ${list(names.map((name) => `${name} = redacted.${name}`))}',
      replace: 'SET ${list(names.slice(0, 1).map((name) => `${name} = redacted.${name}`))}',
    },
    {
      name: 'a row whose first text is empty is not redacted',
      file: TEXTS,
      find: 'any(texts.map((column) => isFilled(table, column)));',
      replace: 'any(texts.slice(0, 1).map((column) => isFilled(table, column)));',
      ...unit,
    },
    {
      name: 'values of rows that are erased do not identify',
      file: IDENTIFYING,
      find: 'table.columns.filter(({ rule }) => rule.identifies !== undefined);',
      replace: "table.columns.filter(({ rule }) => rule.identifies !== undefined && rule.treatment !== 'ERASE_ROWS');",
    },
    {
      name: 'a record with a single identifying value is not read',
      file: IDENTIFYING,
      find: "WHERE num_nonnulls(${values.join(', ')}) > 0`",
      replace: "WHERE num_nonnulls(${values.join(', ')}) > 1`",
      ...former,
    },
    {
      name: 'a telephone number in a note does not identify',
      file: IDENTIFYING,
      find: "~ '[@0-9]' THEN",
      replace: "~ '[@]' THEN",
      ...folders,
    },
    {
      name: 'the name of a cost bearer identifies when it is spelled otherwise',
      file: IDENTIFYING,
      find: 'WHERE lower(name) IN (',
      replace: 'WHERE name IN (',
      ...folders,
    },
    {
      name: 'what an article of anybody is called identifies nobody',
      file: IDENTIFYING,
      find: "`WHERE ${name}.${rule.customerColumns[0]} = ANY (${parameters.placeholder('customerIds')})`",
      replace: "`WHERE ${parameters.placeholder('customerIds')} IS NOT NULL`",
      ...folders,
    },
    {
      name: 'the preview counts a row twice that names one customer twice',
      file: STATEMENTS,
      find: '.map((other) => `${table.name}.${other} IS DISTINCT FROM batch.customer_id`);',
      replace: ".map(() => 'true');",
      ...unit,
    },
    {
      name: 'an erasure that leaves rows out is no error',
      file: ERASURE,
      find: 'if (found !== done) throw',
      replace: 'if (found < done) throw',
      ...proofScan,
    },
    {
      name: 'a redacted text that is not written is no error',
      file: ERASURE,
      find: 'if (written !== rows.length) throw',
      replace: 'if (written > rows.length) throw',
      ...proofScan,
    },
    {
      name: 'only the last record of a customer identifies',
      file: ERASURE,
      find: 'const own = found.get(customer_id) ?? new OwnIdentifiers();',
      replace: 'const own = new OwnIdentifiers();',
    },
    {
      name: 'the names of cost bearers, branches and articles identify',
      file: ERASURE,
      find: 'if (names.length === 0) return new Set();',
      replace: 'if (names.length >= 0) return new Set();',
      ...folders,
    },
    {
      name: 'a row with one text of two to redact stays as it is',
      file: ERASURE,
      find: 'if (texts.some((text, column) => text !== row.texts[column]))',
      replace: 'if (texts.every((text, column) => text !== row.texts[column]))',
      ...former,
    },
    {
      name: 'redacted texts are not written back',
      file: ERASURE,
      find: 'for (const [table, rows] of redacted) await this.writeTexts(table, rows);',
      replace: '',
    },
    {
      name: 'a number that names its customer is not replaced',
      file: ERASURE,
      find: 'await this.numbers.replace(numbers);',
      replace: '',
      ...named,
    },
    {
      name: 'the customer keeps its name',
      file: ERASURE,
      find: 'for (const table of tables.filter(isCustomer)) await this.rewrite(table, batch);',
      replace: '',
    },
    {
      name: 'employee and run change places on the stub',
      file: STATEMENTS,
      find: "ACTOR: { name: 'actorId', type: 'uuid' },\n  RUN: { name: 'runId', type: 'uuid' },",
      replace: "ACTOR: { name: 'runId', type: 'uuid' },\n  RUN: { name: 'actorId', type: 'uuid' },",
      ...api,
    },
    {
      name: 'a text that names the customer passes where nothing redacts it',
      file: ERASURE,
      find: 'return redactorOf(identifiers.get(customerId) ?? []).finds(text);',
      replace: 'return redactorOf(identifiers.get(text) ?? []).finds(text);',
      ...named,
    },
    {
      name: 'the preview does not tell of numbers that name the customer',
      file: ERASURE,
      find: 'return mergeEffects(counted, redactions(redacted), effectsOfNumbers(numbers));',
      replace: 'return mergeEffects(counted, redactions(redacted));',
      ...named,
    },
    {
      name: 'of several telephone numbers only the last identifies',
      file: OWN,
      find: 'this.own.set(`${identifier.kind} ${identifier.value}`, identifier);',
      replace: 'this.own.set(identifier.kind, identifier);',
    },
    {
      name: 'a copied name that equals a cost bearer is redacted',
      file: OWN,
      find: "if (identifier.kind === 'COPIED_NAME') this.copies.add(identifier.value);",
      replace: "if (identifier.value === 'COPIED_NAME') this.copies.add(identifier.value);",
      ...folders,
    },
    {
      name: 'a cell with one name of a branch identifies by none of its names',
      file: OWN,
      find: 'return values.filter(({ value }) => value !== cell && !namesOfOthers.has(value));',
      replace: 'return [];',
      ...folders,
    },
    {
      name: 'the beginning of a series of numbers is a name',
      file: NUMBER,
      find: 'const MIN_NAME_LETTERS = 3;',
      replace: 'const MIN_NAME_LETTERS = 2;',
      ...numberCheck,
    },
    {
      name: 'a short telephone number is found in numbers',
      file: NUMBER,
      find: 'const MIN_PHONE_DIGITS = 6;',
      replace: 'const MIN_PHONE_DIGITS = 5;',
      judged:
        'The redaction itself looks for telephone numbers of at least six digits, so a shorter one is never found.',
      ...numberCheck,
    },
    {
      name: 'a birth name stays in a number',
      file: NUMBER,
      find: "ofKind('LAST_NAME', 'BIRTH_NAME');",
      replace: "ofKind('LAST_NAME');",
      ...numberCheck,
    },
    {
      name: 'a full name with the last name first stays in a number',
      file: NUMBER,
      find: '[`${first} ${last}`, `${last} ${first}`]',
      replace: '[`${first} ${last}`]',
      ...numberCheck,
    },
    {
      name: 'the first look misses a telephone number with its country code',
      file: NUMBER,
      find: 'digitsOf(value).slice(-MIN_PHONE_DIGITS)',
      replace: 'digitsOf(value).slice(0, MIN_PHONE_DIGITS)',
      ...numberCheck,
    },
    {
      name: 'the numbers of invoices are replaced, those of cases stay',
      file: NUMBERS,
      find: 'column.rule.hasSurrogate !== true,',
      replace: 'column.rule.hasSurrogate === true,',
      ...named,
    },
    {
      name: 'the warning names the number of a draft that goes',
      file: NUMBERS,
      find: 'IS NOT NULL`, not(rowsErased(table))])',
      replace: 'IS NOT NULL`])',
      ...named,
    },
    {
      name: 'several numbers that name the customer count as one',
      file: NUMBERS,
      find: '(ofCustomer.get(table)?.rows ?? 0) + 1)',
      replace: '1)',
      ...named,
    },
    {
      name: 'all surrogates are alike',
      file: NUMBERS,
      find: 'SURROGATE_LETTERS[randomInt(SURROGATE_LETTERS.length)]',
      replace: "'b'",
      ...named,
    },
    {
      name: 'the proof passes over numbers of records',
      file: OLD_VALUES,
      find: '(numbers !== null && this.inNumbers.mayFindIn(numbers)) ||',
      replace: '',
      ...oldValues,
    },
    {
      name: 'the proof looks in redacted texts only for what is unmistakable',
      file: OLD_VALUES,
      find: 'return this.redactor.finds(text, this.read);',
      replace: 'return this.unmistakable.finds(text, this.read);',
      ...oldValues,
    },
    {
      name: 'the proof passes over a column that should be empty',
      file: OLD_VALUES,
      find: "case 'NOTHING':\n        return true;",
      replace: "case 'NOTHING':\n        return false;",
      ...oldValues,
    },
    {
      name: 'the proof does not ask erased dates',
      file: PROOF,
      find: "if (rule.treatment === 'ERASE') return 'NOTHING';\n  if (!TEXT_TYPE.test(type)) return null;",
      replace: "if (!TEXT_TYPE.test(type)) return null;\n  if (rule.treatment === 'ERASE') return 'NOTHING';",
      ...proofStatements,
    },
    {
      name: 'the proof takes the label for a name',
      file: PROOF,
      find: "`nullif(${text}, ${parameters.placeholder('label')})`",
      replace: "`coalesce(${text}, ${parameters.placeholder('label')})`",
      ...proofScan,
    },
    {
      name: 'the proof asks a row of two customers for the first alone',
      file: PROOF,
      find: '(provenColumns(table).length === 0 ? [] : table.rule.customerColumns);',
      replace: '(provenColumns(table).length === 0 ? [] : table.rule.customerColumns.slice(0, 1));',
      ...proofStatements,
    },
    {
      name: 'the proof passes when one table of several is empty',
      file: PROOF,
      find: 'bool_or(filled) AS filled',
      replace: 'bool_and(filled) AS filled',
      ...proofScan,
    },
    {
      name: 'the proof passes over documents in JSON',
      file: PROOF,
      find: '|citext|jsonb?|xml)/',
      replace: '|citext|xml)/',
      ...proofStatements,
    },
    {
      name: 'the proof passes over a column that a trigger fills again',
      file: SCAN,
      find: 'if (filled || values.mayOccurIn(texts))',
      replace: 'if (values.mayOccurIn(texts))',
      ...proofScan,
    },
    {
      name: 'the proof passes over a single suspect',
      file: SCAN,
      find: 'if (suspects.size > 0)',
      replace: 'if (suspects.size > 1)',
      ...proofScan,
    },
    {
      name: 'the proof is left out',
      file: STEPS,
      find: 'await this.proof.prove(batch);',
      replace: '',
      ...proofScan,
    },
    {
      name: 'loyalty takes no part',
      file: STEPS,
      find: '  AnonymizeLoyaltyData,\n  AnonymizeArchiveData,',
      replace: '  AnonymizeArchiveData,',
    },
    {
      name: 'the customer is changed before the archive',
      file: STEPS,
      find: '  AnonymizeArchiveData,\n  AnonymizeCustomerData,\n];',
      replace: '  AnonymizeCustomerData,\n  AnonymizeArchiveData,\n];',
    },
    {
      name: 'what blocked the customer once keeps its name',
      file: STEPS,
      find: 'await this.blockers.clearNamedNumbers(batch);',
      replace: '',
      ...named,
    },
    {
      name: 'the worklist keeps a number that names the customer',
      file: 'src/modules/worklist/queries/worklist-blockers.queries.ts',
      find: 'FROM blocked_customer\n    WHERE',
      replace: 'FROM blocked_customer\n    WHERE false AND',
      ...named,
    },
    {
      name: 'an anonymized customer is anonymized again',
      file: SAGA,
      find: 'customers.filter(({ anonymizedAt }) => anonymizedAt === null).map',
      replace: 'customers.map',
      ...api,
    },
    {
      name: 'blocked customers are anonymized',
      file: SAGA,
      find: 'const ready = candidates.filter((id) => !blockers.has(id));',
      replace: 'const ready = candidates;',
      ...api,
    },
    {
      name: 'a refusal is not written down',
      file: SAGA,
      find: 'await this.recordRefusals(outcomes, context);',
      replace: '',
      ...api,
    },
    {
      name: 'what identifies the customers is not read before it is erased',
      file: SAGA,
      find: 'await this.erasure.identifiersOf(ready);',
      replace: 'await this.erasure.identifiersOf([]);',
    },
    {
      name: 'the label bears the day of Greenwich',
      file: 'src/modules/anonymization/saga/anonymization-contexts.ts',
      find: 'const today = this.clock.today(instant);',
      replace: 'const today = instant.toISOString().slice(0, 10);',
      ...api,
    },
    {
      name: 'the customer stays on every selection',
      file: CUSTOMER_STEP,
      find: "alsoIn: ['selection'],",
      replace: 'alsoIn: [],',
    },
    {
      name: "the audit log tells a customer by another one's number",
      file: 'src/modules/customer/queries/replay-facts.queries.ts',
      find: 'ORDER BY batch.position`',
      replace: 'ORDER BY customer_number DESC`',
    },
    {
      name: 'a step changes more customers than those anonymized when the map is applied again',
      file: REAPPLY,
      find: "'anonymized.anonymized_at IS NOT NULL',",
      replace: '',
      ...reapply,
    },
    {
      name: 'documents are deleted without their contents when the map is applied again',
      file: REAPPLY,
      find: "if (isErased === 'false' || table.module === 'archive') return [];",
      replace: "if (isErased === 'false') return [];",
      ...reapply,
    },
    {
      name: 'a name stays when the map is applied again',
      file: REAPPLY,
      find: "(replacement.source !== 'LABEL' || isCustomer(table))",
      replace: "(replacement.source !== 'LABEL' || !isCustomer(table))",
      ...reapply,
    },
    {
      name: 'a guard that was put aside comes back weaker',
      file: 'src/modules/erasure-upkeep/erasure-reapply.ts',
      find: 'ENABLE ALWAYS TRIGGER',
      replace: 'ENABLE TRIGGER',
      ...reapply,
    },
    {
      name: 'a reference may hold the former name of a member',
      file: MEMBER_QUERIES,
      find: 'JOIN member ON member.id = former.customer_id)',
      replace: 'JOIN member ON false)',
      ...named,
    },
    {
      name: 'a reference may hold the joined names of a member of a run',
      file: MEMBER_QUERIES,
      find: ",\n      replace(first_name || last_name, ' ', ''), replace(last_name || first_name, ' ', ''))`",
      replace: ')`',
      ...named,
    },
    {
      name: 'a reference may hold the name of a company',
      file: MEMBERS,
      find: "    ['COMPANY_NAME', company_name],\n",
      replace: '',
      ...named,
    },
    {
      name: 'a former birth name is not remembered',
      file: 'migrations/0021-refusals.ts',
      find: 'nullif(OLD.birth_name, NEW.birth_name),\n',
      replace: 'NULL,\n',
      ...former,
    },
    {
      name: 'a change of the mobile number alone is not remembered',
      file: 'migrations/0009-merge.ts',
      find: 'OLD.phone, OLD.mobile) IS DISTINCT FROM\n          (NEW.first_name, NEW.last_name, NEW.birth_name, NEW.company_name, NEW.birth_date, NEW.email, NEW.phone, NEW.mobile))',
      replace:
        'OLD.phone) IS DISTINCT FROM\n          (NEW.first_name, NEW.last_name, NEW.birth_name, NEW.company_name, NEW.birth_date, NEW.email, NEW.phone))',
      ...former,
    },
  ],
};
