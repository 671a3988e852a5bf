import { Injectable } from '@nestjs/common';
import type { AnonymizationBatch, Effect, EffectsByCustomer } from '../../../kernel/anonymization-step';
import type { Warning } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';
import { DomainError } from '../../../kernel/domain-error';
import type { ModuleName } from '../../../kernel/personal-data';
import type { StatutoryClass } from '../../../kernel/retention';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { DataMap } from '../../data-map';
import { CopyStore } from './copy-store';
import { RETENTION_WARNINGS, type RetentionWarning } from './retention-warnings';
import { countCopies, isSealedTable, readCopies, type SealedTable } from './sealed-copy-statements';

/** One copy without its content. Each sealed table has a column with the number of its rows. */
interface CopyRow {
  readonly customer_id: string;
  readonly class: StatutoryClass;
  readonly retention_until: BusinessDate;
  readonly is_named: boolean;
  /** records with a recipient but no known address */
  readonly without_address: number;
  readonly [table: string]: unknown;
}

type ReadCopy = CopyRow & { readonly content: string };

/** The copies that would be sealed for one customer. */
export interface CopyForecast {
  readonly effects: readonly Effect[];
  readonly warnings: readonly Warning[];
}

/**
 * Seals what the law retains with the customer's name: one copy per customer, retention class and calendar year,
 * generated from the data map as canonical JSON (RFC 8785) with money in cents. Related records share a copy, in the
 * year of the latest of them. Only records within their period are copied. The copies are written before anything is
 * erased; docs/sealed-copy.md describes them.
 */
@Injectable()
export class SealedCopies {
  private readonly tables: readonly SealedTable[];
  /** the statement of each module that has written copies */
  private readonly statements = new Map<ModuleName, string>();

  constructor(
    map: DataMap,
    private readonly transaction: TransactionRunner,
    private readonly store: CopyStore,
    private readonly config: LetheConfig,
  ) {
    this.tables = map.allCustomerTables.filter(isSealedTable);
  }

  /** Previews what {@link write} would seal, for all modules. */
  async preview(customerIds: readonly string[], today: BusinessDate): Promise<ReadonlyMap<string, CopyForecast>> {
    const rows = await this.transaction.queryPrepared<CopyRow>(countCopies(this.tables, this.config.timeZone), [
      customerIds,
      today,
    ]);
    const effects = this.effectsOf(rows, this.tables);
    const forecasts = new Map<string, CopyForecast>();
    for (const [customerId, own] of byCustomer(rows))
      forecasts.set(customerId, { effects: effects.get(customerId) ?? [], warnings: this.warningsOf(own) });
    return forecasts;
  }

  /**
   * Writes the copies of a module's records.
   *
   * @throws DomainError `FISCAL_COPY_FAILED`, also for a copy that would not identify its customer. A repetition is
   *   mandatory and writes such a copy, too.
   */
  async write(module: ModuleName, { customerIds, context }: AnonymizationBatch): Promise<EffectsByCustomer> {
    const tables = this.tables.filter((table) => table.module === module);
    const statement = this.statements.get(module) ?? readCopies(tables, this.config.timeZone);
    this.statements.set(module, statement);
    const copies = await this.transaction.queryPrepared<ReadCopy>(statement, [customerIds, context.today]);
    const isRepetition = context.repetition !== undefined;
    if (!isRepetition && copies.some(({ is_named }) => !is_named)) throw new DomainError('FISCAL_COPY_FAILED');
    try {
      await this.store.add(
        copies.map((copy) => ({
          customerId: copy.customer_id,
          retentionClass: copy.class,
          retentionUntil: copy.retention_until,
          content: Buffer.from(copy.content),
        })),
        context,
      );
    } catch (error) {
      throw new DomainError('FISCAL_COPY_FAILED', {}, error);
    }
    return this.effectsOf(copies, tables);
  }

  private effectsOf(rows: readonly CopyRow[], tables: readonly SealedTable[]): EffectsByCustomer {
    const effects = new Map<string, Effect[]>();
    for (const [customerId, own] of byCustomer(rows))
      effects.set(
        customerId,
        tables.flatMap((table) => {
          const sealed = sum(own.map((row) => row[table.name] as number));
          const { module, name, rule } = table;
          const { reason } = rule.sealed.ground;
          return sealed === 0 ? [] : [{ module, table: name, treatment: 'SEAL' as const, rows: sealed, reason }];
        }),
      );
    return effects;
  }

  private warningsOf(rows: readonly CopyRow[]): Warning[] {
    const withoutAddress = sum(rows.map(({ without_address }) => without_address));
    const missing: Warning = { code: 'RECIPIENT_ADDRESS_MISSING', module: 'finance', count: withoutAddress };
    return [
      ...this.retention('FISCAL_RETENTION', 'finance', rows),
      ...this.retention('DEVICE_RETENTION', 'device', rows),
      ...(withoutAddress === 0 ? [] : [missing]),
    ];
  }

  /** Counts records, not their parts. */
  private retention(code: RetentionWarning, module: ModuleName, rows: readonly CopyRow[]): Warning[] {
    const copies = rows.filter((row) => RETENTION_WARNINGS[row.class] === code);
    if (copies.length === 0) return [];
    const records = this.tables.filter(({ rule }) => rule.sealed.partOf === undefined);
    const count = sum(copies.flatMap((row) => records.map(({ name }) => row[name] as number)));
    const until = copies
      .map(({ retention_until }) => retention_until)
      .reduce((a, b) => (yearOf(b) > yearOf(a) ? b : a));
    return [{ code, module, count, until }];
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const yearOf = (date: BusinessDate) => parseInt(date, 10);

function byCustomer<Row extends { readonly customer_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.customer_id);
    if (own === undefined) found.set(row.customer_id, [row]);
    else own.push(row);
  }
  return found;
}
