import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GROUNDS } from '../../kernel/retention';
import { type Identifier, Redactor } from '../../libraries/redaction';
import { DatabaseScan, ErasureCleanup, IdentifierSearch, type ScanFinding } from '../../modules/erasure-upkeep';
import { UncleanedRuns } from '../../modules/runs';
import { DataMap, Erasure } from '../../modules/data-map';
import { importRows, MalformedCsv } from '../../modules/import';
import { callerPath } from '../../platform/config/caller-path';
import { LetheConfig } from '../../platform/config/lethe-config';
import type { DatabaseAccess } from '../../platform/database/connection';
import { openDatabase } from '../../platform/database/database-access';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { serve, type Service } from '../../app/serve';
import { importInto } from '../import-into';
import { RehearsalApi } from '../rehearsal-api';
import { type Digests, type IssuedInvoice, type Pair, RehearsalInventory } from '../rehearsal-inventory';
import { defineCommand, WrongUsage } from '../define-command';
import { reportImportError } from '../report-import-error';
import { unsealedInvoices } from '../unsealed-invoices';

const PASSWORD = 'rehearsal only';
const CLEANUP_TIMEOUT_MS = 120_000;
const CLEANUP_RETRY_MS = 500;
/**
 * Modules whose tables contain shops, payers and staff. A customer with the same name as one of them is not
 * identifiable there.
 */
const MASTER_DATA: ReadonlySet<string> = new Set(['branch', 'employee']);

async function run(folder: string, selectionName: string): Promise<number> {
  const source = callerPath(folder);
  await requireSelection(source, selectionName);
  const dataDir = await mkdtemp(join(tmpdir(), 'lethe-rehearsal-'));
  await chmod(dataDir, 0o711); // when started by root, the database runs as another user
  try {
    const failed = await rehearseIn(dataDir, source, selectionName);
    console.log(
      failed === 0
        ? 'No residue of the anonymized customers was found, and the records of all other customers are unchanged.'
        : `${failed} ${failed === 1 ? 'check' : 'checks'} failed.`,
    );
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Checks that the selection exists before the import, which may take long. */
async function requireSelection(source: string, name: string): Promise<void> {
  const names = new Set<string>();
  try {
    for await (const row of importRows(source, 'selections')) names.add(row.get('name') ?? '');
  } catch (error) {
    if (error instanceof MalformedCsv) return; // the import reports the position
    throw error;
  }
  if (names.has(name)) return;
  const others = names.size === 0 ? 'names none' : `names ${names.size} ${names.size === 1 ? 'other' : 'others'}`;
  throw new WrongUsage(
    `The selection “${name}” is missing: selections.csv of the folder ${others}. ` +
      'Add its members there (columns name, customer_number), or name another ' +
      'selection: npm run rehearse -- DIR SELECTION',
  );
}

async function rehearseIn(dataDir: string, source: string, selectionName: string): Promise<number> {
  const config = LetheConfig.from({
    PORT: '0',
    LETHE_DATA_DIR: join(dataDir, 'data'),
    LETHE_BOOTSTRAP_PASSWORD: PASSWORD,
    LETHE_LOG_LEVEL: 'error',
  });
  const access = await openDatabase(config, 'serve');
  const service = await serve(config, access);
  try {
    await importInto(access, config, source, false);
    const rehearsal = new Rehearsal(service, access, config);
    await rehearsal.rehearse(selectionName, join(dataDir, 'unsealed'));
    return rehearsal.failed;
  } finally {
    await service.stop();
  }
}

/** One run through the API on the imported data, with comparisons before and after it. */
class Rehearsal {
  failed = 0;
  private readonly api: RehearsalApi;
  private readonly inventory: RehearsalInventory;

  constructor(
    private readonly service: Service,
    private readonly access: DatabaseAccess,
    private readonly config: LetheConfig,
  ) {
    this.api = new RehearsalApi(service.address, PASSWORD);
    this.inventory = new RehearsalInventory(
      this.provided(DataMap),
      this.provided(Erasure),
      this.provided(TransactionRunner),
    );
  }

  async rehearse(selectionName: string, unsealed: string): Promise<void> {
    await this.api.logIn();
    const selectionId = await this.api.selectionId(selectionName);
    const identifiers = await this.inventory.identifiersOf(await this.inventory.memberIds(selectionId));
    const digests = await this.inventory.digests();
    const invoices = await this.inventory.issuedInvoices();
    const revenue = await this.api.revenue();

    const { counts, blockerCodes, failureCodes, anonymized, id } = await this.api.anonymizeSelection(selectionId);
    console.log(`      customers of the selection: ${counts.total}`);
    console.log(`      anonymized: ${counts.anonymized}`);
    console.log(`      blocked: ${[counts.blocked, ...blockerCodes].join(', ')}`);
    this.check('failed customers', counts.failed === 0, [counts.failed, ...failureCodes].join(', '));
    const after = await this.api.revenue();
    this.check('revenue before and after, in cents', revenue === after, `${revenue} and ${after}`);

    const ids = new Set(anonymized.keys());
    this.check(
      'dead rows and statistics cleaned up',
      await this.cleanUp(id),
      ids.size === 0 ? 'nothing to do' : 'done',
    );
    await this.checkResidue(new Map([...identifiers].filter(([customerId]) => ids.has(customerId))));
    await this.checkOthers(digests, ids);
    await this.checkInvoices(invoices, new Set(anonymized.values()), unsealed);
  }

  /** Cleans up dead rows and statistics, which still contain old values. */
  private async cleanUp(runId: string): Promise<boolean> {
    const [cleanup, runs] = [this.provided(ErasureCleanup), this.provided(UncleanedRuns)];
    const deadline = performance.now() + CLEANUP_TIMEOUT_MS;
    while (!(await runs.isCleaned(runId))) {
      if (performance.now() > deadline) return false;
      await cleanup.cleanUp(AbortSignal.timeout(CLEANUP_TIMEOUT_MS));
      await delay(CLEANUP_RETRY_MS);
    }
    return true;
  }

  /** Checks for residue: values in rows of the customer or of no customer. Records of other customers never change. */
  private async checkResidue(identifiers: ReadonlyMap<string, readonly Identifier[]>): Promise<void> {
    const search = new IdentifierSearch();
    let values = 0;
    for (const [customerId, own] of identifiers) values += search.addIdentifiers(customerId, own);
    const { findings: found, columns } = await DatabaseScan.scan(this.access.as('lethe_migrator'), search);
    const findings = found.filter((finding) => !isSampleOf(finding, found));
    const kept = this.keptColumns();
    const residue = [
      ...findings.filter(({ location, owner }) => owner !== 'OTHER' && !kept.has(location)),
      ...(await this.namesInOwnTexts(identifiers)),
    ];
    const count = rowsOf(residue);
    this.check(
      'residue of the anonymized customers',
      count === 0,
      `${count} (${values} values searched in ${columns} columns)`,
    );
    for (const [line, rows] of rowsByLocation(residue)) console.log(`      ${line}: ${rows}`);
    if (residue.some(({ owner }) => owner === 'NOBODY'))
      console.log('      An anonymization does not change rows without a customer: correct them in the source system.');
    const others = findings.filter(({ location, owner }) => owner === 'OTHER' && !kept.has(location));
    if (others.length > 0) console.log(`      (${rowsOf(others)} in rows of other customers, which stay unchanged)`);
    const byLaw = findings.filter(({ location, owner }) => owner === 'OWN' && kept.has(location));
    if (byLaw.length > 0) console.log(`      (${rowsOf(byLaw)} in record numbers, which the law requires to be kept)`);
  }

  /**
   * Searches for first or last names alone. The scan skips them, because they may occur in a text about another person.
   */
  private async namesInOwnTexts(identifiers: ReadonlyMap<string, readonly Identifier[]>): Promise<ScanFinding[]> {
    const redactors = new Map([...identifiers].map(([customerId, own]) => [customerId, new Redactor(own)]));
    const texts = await this.inventory.redactedTexts([...identifiers.keys()]);
    return texts
      .filter(({ customerId, text }) => redactors.get(customerId)!.finds(text))
      .map(({ customerId, location }) => ({ customer: customerId, location, owner: 'OWN', rows: 1 }));
  }

  /**
   * Columns that may keep values: record numbers, which the preview warns of, and the names of shops, payers and staff.
   */
  private keptColumns(): ReadonlySet<string> {
    const columns = this.provided(DataMap).tables.flatMap(({ module, name, columns }) =>
      columns
        .filter(({ rule }) => MASTER_DATA.has(module) || rule.isRecordNumber === true)
        .map((column) => `${name.includes('.') ? name : `public.${name}`}.${column.name}`),
    );
    return new Set(columns);
  }

  private async checkOthers(before: Digests, anonymized: ReadonlySet<string>): Promise<void> {
    const after = await this.inventory.digests();
    const others = [...before.digests].filter(([customerId]) => !anonymized.has(customerId));
    const unchanged = others.filter(([customerId, digest]) => after.digests.get(customerId) === digest);
    this.check(
      'other customers with unchanged records',
      unchanged.length === others.length,
      `${unchanged.length} of ${others.length}`,
    );
    const [shared, left] = [before, after].map(({ shared }) => sharedWithout(shared, anonymized));
    this.check('relationships between other customers', shared === left, `${left} of ${shared}`);
  }

  private async checkInvoices(
    invoices: readonly IssuedInvoice[],
    anonymized: ReadonlySet<string>,
    unsealedFolder: string,
  ): Promise<void> {
    const firstDay = `${new Date().getFullYear() - GROUNDS.VOUCHER.years}-01-01`;
    const due = invoices.filter(
      ({ customerNumber, issuedOn }) => anonymized.has(customerNumber) && issuedOn >= firstDay,
    );
    const identity = join(this.config.keysFolder, 'fiscal-seal.identity');
    const unsealed = await unsealedInvoices(this.config.dataFolder, identity, unsealedFolder);
    const readable = due.filter(({ number, recipientName, recipientAddress }) =>
      unsealed
        .get(number)
        ?.some(
          (sealed) =>
            sealed.recipientName === (recipientName ?? sealed.recipientName) &&
            sealed.recipientAddress === (recipientAddress ?? sealed.recipientAddress),
        ),
    );
    this.check(
      'sealed invoices that can be read with name and address',
      readable.length === due.length,
      `${readable.length} of ${due.length}`,
    );
  }

  private provided<Provider>(type: new (...parameters: never[]) => Provider): Provider {
    return this.service.app.get<Provider>(type, { strict: false });
  }

  private check(what: string, holds: boolean, found: string): void {
    if (!holds) this.failed++;
    console.log(`${holds ? 'ok  ' : 'FAIL'}  ${what}: ${found}`);
  }
}

const rowsOf = (findings: readonly ScanFinding[]) => findings.reduce((sum, { rows }) => sum + rows, 0);

/**
 * Whether statistics contain a value only because rows of other customers do. Statistics are samples of existing rows.
 */
function isSampleOf({ customer, location }: ScanFinding, findings: readonly ScanFinding[]): boolean {
  const [, column] = location.split(' of ');
  return findings.some((row) => row.customer === customer && row.location === column && row.owner === 'OTHER');
}

/** Rows by column and owner. */
function rowsByLocation(findings: readonly ScanFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { location, owner, rows } of findings) {
    const line = owner === 'NOBODY' ? `${location}, in rows without a customer` : location;
    counts.set(line, (counts.get(line) ?? 0) + rows);
  }
  return counts;
}

/** Number of pairs of which neither customer was anonymized. */
const sharedWithout = (pairs: readonly Pair[], anonymized: ReadonlySet<string>) =>
  pairs.filter((pair) => pair.every((customerId) => !anonymized.has(customerId))).length;

export const command = defineCommand({
  name: 'rehearse',
  usage: ['DIR [SELECTION]'],
  purpose: 'Imports a folder into a temporary database, anonymizes a selection and checks the result.',
  operands: [1, 2],
  options: {},
  exitCodes: {
    0: 'every check passed',
    1: 'a check failed, or the folder cannot be imported',
    2: 'wrong usage, or the folder has no such selection',
  },
  run: (_, [folder, selectionName = 'Alle Kunden']) =>
    run(folder!, selectionName).catch((error: unknown) => {
      if (error instanceof WrongUsage) throw error;
      return reportImportError(error);
    }),
});
