import type { Type } from '@nestjs/common';
import { AnonymizationSaga } from '../../src/modules/anonymization/saga/anonymization.saga';
import { AnonymizationContexts } from '../../src/modules/anonymization/saga/anonymization-contexts';
import { RetainedKeys } from '../../src/modules/archive/anonymization/retained-keys';
import { SealedCopies } from '../../src/modules/archive';
import { SEALED_COPY } from '../../src/modules/archive/entities/archive-document.entity';
import { ForgottenContents } from '../../src/modules/archive/outbox/forgotten-contents';
import { CustomerLocks } from '../../src/modules/customer';
import { DataMap } from '../../src/modules/data-map';
import { Role } from '../../src/kernel/role';
import { StatementTexts } from '../../src/platform/database/statement-parameters';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { anonymizedResidue } from '../support/anonymized-residue';
import { archiveDocument } from '../support/documents';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { TestApp } from '../support/test-app';

const RUN = '01900000-0000-7000-8000-00000000000a';

/** Thrown by {@link withMutation} to roll everything back. */
class Undone extends Error {}

type Table = DataMap['tables'][number];
type Column = Table['columns'][number];

interface Mutation {
  readonly name: string;
  readonly tables: readonly Table[];
}

const isActive = ({ rule }: Column) => ['ERASE', 'REPLACE', 'REDACT'].includes(rule.treatment);

/** Values that redaction searches for; notes are searched for by the proof only. */
const isRecognized = ({ rule }: Column) => rule.identifies !== undefined && rule.identifies !== 'NOTE';

/** A single word of a copied name identifies nobody; of an address, only the street does. */
function valueOf(table: string, { name, rule }: Column): string | undefined {
  const word = `${table}${name}`.replaceAll('_', '');
  if (rule.identifies === 'COPIED_NAME') return `V${word} Z${word}`;
  return rule.identifies === 'ADDRESS' ? `Z${word}weg 7` : undefined;
}

/** Omits every single assignment, redaction, deletion, recognized value and owner of the data map, one at a time. */
function* mutationsOf(tables: readonly Table[]): Generator<Mutation> {
  const instead = (table: Table, other: Table) => tables.map((each) => (each === table ? other : each));
  for (const table of tables) {
    if (table.rule.kind !== 'OF_CUSTOMER') continue;
    const { customerColumns } = table.rule;
    if (customerColumns.length > 1)
      for (const owner of customerColumns) {
        const rule = { ...table.rule, customerColumns: customerColumns.filter((column) => column !== owner) };
        yield { name: `${table.name} of ${owner} stays`, tables: instead(table, { ...table, rule }) };
      }
    for (const column of table.columns.filter(isRecognized))
      yield {
        name: `${table.name}.${column.name} is not recognized`,
        tables: instead(table, withRule(table, column, { ...column.rule, identifies: undefined })),
      };
    if (table.rule.eraseRows !== undefined) {
      const rule = { ...table.rule, eraseRows: undefined };
      yield { name: `${table.name}: rows stay`, tables: instead(table, { ...table, rule }) };
    }
    if (table.rule.eraseRows !== undefined && table.rule.eraseRows.when === undefined) continue; // its columns are deleted with the rows
    for (const column of table.columns.filter(isActive))
      yield {
        name: `${table.name}.${column.name} stays`,
        tables: instead(table, withRule(table, column, { ...column.rule, treatment: 'KEEP' })),
      };
  }
}

const withRule = (table: Table, column: Column, rule: Column['rule']): Table => ({
  ...table,
  columns: table.columns.map((each) => (each === column ? { ...column, rule } : each)),
});

/** A missing assignment is a breach of law, so the checks of the tests must detect every omission. */
describe('an incomplete erasure', () => {
  let app: TestApp;
  /** the audit log only accepts employees that exist */
  let actorId: string;
  let customer: FullCustomer;
  let map: DataMap;
  let original: readonly Table[];
  let identifying: readonly string[];

  beforeAll(async () => {
    // the product caches the texts of statements, because its data map never changes; here it does
    jest.spyOn(StatementTexts.prototype, 'getOrBuild').mockImplementation((_name, _parameters, build) => build());
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    const { rows } = await app.sql.query<{ id: string }>(`SELECT id FROM employee WHERE role = 'ADMINISTRATOR'`);
    actorId = rows[0]!.id;
    customer = await fullCustomer(app.sql, 'Zomuqabe', await app.records.customer());
    for (const retentionClass of ['NONE', 'MEDICAL_DEVICE'] as const)
      await archiveDocument(app, customer.id, { retentionClass });
    map = app.nest.get(DataMap);
    original = map.tables;
    identifying = await nameTheCustomer();
  });
  afterAll(() => app.stop());

  /** Puts each identifying value of the customer into a kept text; no value occurs in two columns. */
  async function nameTheCustomer(): Promise<string[]> {
    const { id } = customer;
    await documentsAreGuarded('DISABLE');
    for (const { name, rule, columns } of map.allCustomerTables)
      for (const column of columns) {
        const value = valueOf(name, column);
        if (value === undefined) continue;
        await app.sql.query(
          `UPDATE ${name} SET ${column.name} = $2 WHERE ${rule.customerColumns[0]} = $1 AND ${column.name} IS NOT NULL`,
          [id, value],
        );
      }
    await app.sql.query(`UPDATE former_identity SET birth_date = '1947-02-28' WHERE customer_id = $1`, [id]);
    await app.sql.query(`UPDATE payment SET iban = iban || '77' WHERE customer_id = $1`, [id]);
    await documentsAreGuarded('ENABLE ALWAYS');
    await app.sql.query(
      `UPDATE stock_item SET article = 'Otoplastik NachnameKanarienvogelZomuqabe' WHERE customer_id = $1`,
      [id],
    );
    await app.sql.query(`UPDATE loyalty_transaction SET card_number = card_number || '77' WHERE customer_id = $1`, [
      id,
    ]);
    await app.records.insert('legal_hold', {
      customer_id: id,
      reason_code: 'NachnameKanarienvogelZomuqabe',
      lifted_at: '2020-02-01T09:00Z',
      lifted_by: actorId,
    });
    const values: string[] = [];
    for (const table of map.allCustomerTables)
      for (const { name, type } of table.columns.filter(isRecognized)) {
        const spelled = type === 'date' ? `to_char(${name}, 'DD.MM.YYYY')` : name;
        const { rows } = await app.sql.query<{ value: string }>(
          `SELECT ${spelled} AS value FROM ${table.name} WHERE ${table.rule.customerColumns[0]} = $1 AND ${name} IS NOT NULL LIMIT 1`,
          [id],
        );
        values.push(rows[0]!.value);
      }
    await app.sql.query('UPDATE service_contract SET title = $2 WHERE customer_id = $1', [id, values.join('; ')]);
    return values;
  }

  async function documentsAreGuarded(action: 'DISABLE' | 'ENABLE ALWAYS'): Promise<void> {
    for (const table of ['invoice', 'invoice_line', 'payment', 'receipt'])
      await app.sql.query(`ALTER TABLE ${table} ${action} TRIGGER refuse_change`);
  }

  /** Omissions detected by the erasure itself, by the database, or by the residue. */
  async function noticed(tables: readonly Table[]): Promise<readonly string[]> {
    const transaction = app.nest.get(TransactionRunner);
    const found: string[] = [];
    Object.assign(map, { tables });
    try {
      await transaction.run(async () => {
        const locked = await app.nest.get(CustomerLocks).lockFreeForAnonymization([customer.id]);
        const cause = app.nest
          .get(AnonymizationContexts)
          .create({ id: actorId, displayName: 'Administrator', role: Role.ADMINISTRATOR }, RUN, {
            reason: 'ERASURE_REQUEST',
            reference: null,
          });
        const [outcome] = await app.nest.get(AnonymizationSaga).anonymize(locked, cause);
        if (outcome?.kind !== 'ANONYMIZED') throw new Error('The customer is not anonymized');
        Object.assign(map, { tables: original });
        await transaction.execute('SET CONSTRAINTS ALL IMMEDIATE'); // as the commit would
        found.push(...(await residues(transaction)));
        throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) found.push((error as { code?: string }).code ?? String(error));
    } finally {
      Object.assign(map, { tables: original });
    }
    return found;
  }

  async function residues(transaction: TransactionRunner): Promise<string[]> {
    const query = async (sql: string, parameters: readonly unknown[] = []) => ({
      rows: await transaction.query(sql, parameters),
    });
    const names = new Map([
      [customer.id, [...customer.tokens, ...identifying].map((token) => token.replaceAll(/\W/g, '\\$&')).join('|')],
    ]);
    const found = await anonymizedResidue({ query } as never, map, names);
    const { rows } = await query(
      'SELECT anonymized_at, anonymized_by, anonymization_run_id, status FROM customer WHERE id = $1',
      [customer.id],
    );
    const { rows: quotes } = await query(
      `SELECT id FROM quote WHERE customer_id = $1 AND (status <> 'ENDED' OR ended_on IS NULL OR end_reason <> 'CUSTOMER_ANONYMIZED' OR end_reason IS NULL)`,
      [customer.id],
    );
    const { rows: written } = await query(
      `SELECT (SELECT count(DISTINCT retention_class)::int FROM archive_document WHERE customer_id = $1 AND type = $2) AS classes,
         (SELECT count(*)::int FROM outbox WHERE topic = 'archive.remove-content') AS removals`,
      [customer.id, SEALED_COPY],
    );
    const stamps = rows[0] as Record<string, unknown>;
    const isStamped =
      stamps.anonymized_at !== null &&
      stamps.anonymized_by === actorId &&
      stamps.anonymization_run_id === RUN &&
      stamps.status === 'DELETED';
    return [
      ...found.map(({ table, column, what }) => `${table}.${column} ${what}`),
      ...(isStamped ? [] : ['NOT_STAMPED']),
      ...(quotes.length === 0 ? [] : ['QUOTE_NOT_ENDED']),
      ...((written[0] as { classes: number }).classes === 3 ? [] : ['NO_SEALED_COPY']),
      ...((written[0] as { removals: number }).removals === 1 ? [] : ['CONTENT_NOT_REMOVED']),
    ];
  }

  it('is complete without an omission', async () => {
    expect(await noticed(original)).toEqual([]);
  });

  it('is detected, whatever it omits', async () => {
    const missed: string[] = [];
    let count = 0;
    for (const { name, tables } of mutationsOf(original)) {
      count++;
      if ((await noticed(tables)).length === 0) missed.push(name);
    }
    expect(missed).toEqual([]);
    expect(count).toBeGreaterThan(90);
  });

  it.each([
    ['sealed copies', () => jest.spyOn(part(SealedCopies), 'write').mockResolvedValue(new Map())],
    ['the removal of contents', () => jest.spyOn(part(ForgottenContents), 'removeAfterCommit').mockResolvedValue()],
    ['the sealing of keys', () => jest.spyOn(part(RetainedKeys), 'seal').mockResolvedValue()],
    ['a readable key', () => withoutInStatements('wrapped_key = NULL, ')],
    ['a sealed key', () => withoutInStatements('sealed_key = v.sealed_key, ')],
  ])('is detected when it omits a part that the data map does not declare: %s', async (_, leaveOut) => {
    const spy = leaveOut();
    try {
      expect(await noticed(original)).not.toEqual([]);
      expect(spy).toHaveBeenCalled();
    } finally {
      spy.mockRestore();
    }
  });

  const part = <Part>(type: Type<Part>): Part => app.nest.get(type, { strict: false });

  function withoutInStatements(assignment: string): jest.SpyInstance {
    const transaction = part(TransactionRunner);
    const execute = transaction.executePrepared.bind(transaction);
    return jest
      .spyOn(transaction, 'executePrepared')
      .mockImplementation((sql, parameters) => execute(sql.replace(assignment, ''), parameters));
  }
});
