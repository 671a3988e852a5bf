import { type ClientBase, DatabaseError } from 'pg';
import { AdvisoryLock } from '../../platform/database/advisory-lock';
import { ArchiveKeys, type ContentStore, DocumentWriter } from '../archive';
import { auditEntry, INSERT_ENTRIES } from '../audit';
import { type Check, checksOf } from './checks';
import { ImportDocuments } from './import-documents';
import { ImportRefused } from './import-error';
import { ImportErrors, MAX_REPORTED_ERRORS } from './import-errors';
import type { ImportFile } from './import-file';
import { IMPORT_FILES, UNLISTED_METHOD } from './import-files';
import { ImportFolder } from './import-folder';
import { createStaging, stage, type StagedFile } from './staging';
import * as statements from './statements';

export interface ImportDependencies {
  /** connected as `lethe_app`, with no transaction in progress */
  readonly client: ClientBase;
  readonly contents: ContentStore;
  /** 32 bytes, see `openKeyEncryptionKey` */
  readonly keyEncryptionKey: Buffer;
  readonly now?: () => Date;
}

export interface ImportOptions {
  /** Whether rows of stored customers change them. Otherwise such rows are errors. */
  readonly update: boolean;
  /** the importing employee; undefined on the command line */
  readonly actor?: { readonly id: string; readonly role: string };
}

export interface ImportReport {
  /** rows per file, by file name without extension */
  readonly rows: Readonly<Record<string, number>>;
  /** payments whose method is not in the closed list and was stored as `OTHER` */
  readonly unlistedPaymentMethods: number;
}

/**
 * Imports a folder of CSV files (docs/import.md) in one transaction: all of it, or nothing. May run while the product
 * serves.
 *
 * Errors: `ImportRefused` with the errors and their lines; `IMPORT_FOLDER_NOT_FOUND`, `IMPORT_FOLDER_EMPTY`.
 */
export async function importFolder(
  dependencies: ImportDependencies,
  directory: string,
  options: ImportOptions,
): Promise<ImportReport> {
  return new FolderImport(dependencies, await ImportFolder.open(directory), options).importFiles();
}

class FolderImport {
  private readonly client: ClientBase;
  private readonly errors = new ImportErrors();
  private readonly staged = new Map<ImportFile, StagedFile>();
  private readonly writer: DocumentWriter;
  private readonly documents: ImportDocuments;
  /** the file whose rows the database is processing */
  private current: ImportFile | null = null;

  constructor(
    private readonly dependencies: ImportDependencies,
    private readonly folder: ImportFolder,
    private readonly options: ImportOptions,
  ) {
    const { client, contents, keyEncryptionKey } = dependencies;
    const query = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, [...parameters])).rows as Row[];
    this.client = client;
    this.writer = new DocumentWriter(new ArchiveKeys({ query }, keyEncryptionKey), contents);
    this.documents = new ImportDocuments(client, folder, this.writer);
  }

  async importFiles(): Promise<ImportReport> {
    try {
      await this.client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      await this.stageFiles();
      await this.lockCustomers();
      await this.check();
      await this.store();
      const report = await this.report();
      await this.audit(report);
      await this.commit();
      return report;
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => undefined); // the first error is the one to report
      if (!(error instanceof CommitUnknown)) await this.writer.discard();
      throw this.reportable(error);
    }
  }

  private async stageFiles(): Promise<void> {
    await this.client.query(`SELECT pg_advisory_xact_lock(${AdvisoryLock.IMPORT})`);
    await this.client.query("SET LOCAL work_mem = '64MB'; SET LOCAL jit = off");
    await this.client.query(IMPORT_FILES.map(createStaging).join(';'));
    for (const file of this.folder.unknownFiles) this.errors.add({ file, line: 1, column: null, code: 'UNKNOWN_FILE' });
    for (const { file, path } of this.folder.files) {
      this.current = file;
      const mayLack = (column: string) => this.options.update && file.name === 'customers' && column !== file.key;
      this.staged.set(file, await stage(this.client, file, path, this.errors.ofFile(file), mayLack));
    }
    // All references into a file that could not be read would be reported as errors.
    if (!this.files.every(([, { whole }]) => whole)) this.errors.throwIfAny();
  }

  private async lockCustomers(): Promise<void> {
    await this.client.query(statements.FIND_STORED_CUSTOMERS);
    await this.client.query('ANALYZE import_stored_customers');
    await this.client.query(statements.lockCustomers(this.options.update));
    await this.client.query(statements.FIND_CLOSED_CUSTOMERS);
  }

  private async check(): Promise<void> {
    const closedCustomers = (await this.count('SELECT count(*) FROM import_closed_customers')) > 0;
    for (const [file, { columns: given }] of this.files) {
      for (const check of checksOf(file, { given, update: this.options.update, closedCustomers })) {
        await this.applyCheck(file, check);
      }
    }
    await this.documents.check(this.errors);
    this.errors.throwIfAny();
  }

  private async applyCheck({ staging, fileName }: ImportFile, { column, code, conditions }: Check): Promise<void> {
    const found = conditions.map((condition) => `SELECT s.line FROM ${staging} s WHERE ${condition}`);
    const { rows } = await this.client.query<{ line: number; count: string }>(
      `SELECT line, count(*) OVER () FROM (${found.join(' UNION ')}) AS found ORDER BY line LIMIT ${MAX_REPORTED_ERRORS}`,
    );
    rows.forEach(({ line, count }, index) => {
      const standsFor = index === 0 ? Number(count) - rows.length + 1 : 1;
      this.errors.add({ file: fileName, line, column, code }, standsFor);
    });
  }

  private async store(): Promise<void> {
    for (const [file, { columns: given }] of this.files) {
      this.current = file;
      if (file.name === 'archive_documents') await this.documents.write();
      for (const statement of statements.storeRows(file, given, this.options.update))
        await this.client.query(statement);
    }
    this.current = null;
    await this.client.query(statements.REFRESH_SEARCH);
  }

  private async report(): Promise<ImportReport> {
    return {
      rows: Object.fromEntries(Array.from(this.staged, ([{ name }, { rows }]) => [name, rows])),
      unlistedPaymentMethods: await this.count(`SELECT count(*) FROM import_payments s WHERE ${UNLISTED_METHOD}`),
    };
  }

  private async audit(report: ImportReport): Promise<void> {
    const { now = () => new Date() } = this.dependencies;
    const { actor } = this.options;
    const { id, canonical } = auditEntry(
      {
        action: 'DATA_IMPORTED',
        module: 'platform',
        outcome: 'SUCCEEDED',
        actorId: actor?.id ?? null,
        actorRole: actor?.role ?? null,
        details: { rows: report.rows },
      },
      now(),
    );
    await this.client.query(INSERT_ENTRIES, [[id], [canonical]]);
  }

  private async commit(): Promise<void> {
    try {
      await this.client.query('COMMIT');
    } catch (error) {
      throw error instanceof DatabaseError ? error : new CommitUnknown(error);
    }
  }

  /** Converts an error of the database to its code, since the message would repeat the row. */
  private reportable(error: unknown): unknown {
    if (error instanceof CommitUnknown) return error.cause;
    if (!(error instanceof DatabaseError) || this.current === null) return error;
    const code = codeOf(error);
    if (code === null) return error;
    return new ImportRefused([{ file: this.current.fileName, line: null, column: null, code }], 1);
  }

  private get files(): [ImportFile, StagedFile][] {
    return [...this.staged];
  }

  private async count(sql: string): Promise<number> {
    const { rows } = await this.client.query<{ count: string }>(sql);
    return Number(rows[0]?.count);
  }
}

/**
 * The connection broke before COMMIT was answered. The contents are kept: contents without a document do no harm, but a
 * document without its content would.
 */
class CommitUnknown extends Error {
  constructor(override readonly cause: unknown) {
    super('COMMIT_UNKNOWN');
  }
}

/**
 * The code for a guard, an integrity constraint or a value out of range. Null for errors that the folder did not cause.
 */
function codeOf({ code = '', constraint }: DatabaseError): string | null {
  if (code === 'AN001') return 'CUSTOMER_ANONYMIZED';
  if (code.startsWith('23')) return (constraint ?? `SQLSTATE_${code}`).toUpperCase();
  return code.startsWith('22') ? `SQLSTATE_${code}` : null;
}
