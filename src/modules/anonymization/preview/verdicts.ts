import { Injectable } from '@nestjs/common';
import { type Effect, mergeEffects } from '../../../kernel/anonymization-step';
import type { Blocker, Warning } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { archiveWarnings, type CopyForecast, SealedCopies } from '../../archive';
import { customerWarnings } from '../../customer';
import { loyaltyWarnings } from '../../loyalty';
import { Erasure } from '../../data-map';
import { ValidationGuard } from '../validation/validation.guard';

const WARNINGS = `WITH subject AS (SELECT unnest($1::uuid[]) AS customer_id)
  ${[archiveWarnings, loyaltyWarnings, customerWarnings].join('\n UNION ALL\n').replaceAll(':today', '$2::date')}`;

type WarningRow = { readonly customer_id: string; readonly until: BusinessDate | null } & Omit<Warning, 'until'>;

/** What anonymizing a customer today would mean. */
export interface Findings {
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly Warning[];
  readonly effects: readonly Effect[];
}

/** Judges customers without touching them. Runs in the transaction in progress. */
@Injectable()
export class Verdicts {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly guard: ValidationGuard,
    private readonly erasure: Erasure,
    private readonly copies: SealedCopies,
  ) {}

  async of(customerIds: readonly string[], today: BusinessDate): Promise<ReadonlyMap<string, Findings>> {
    const blockers = await this.guard.judge(customerIds, today);
    const warnings = await this.warnings(customerIds, today);
    const sealed = await this.copies.preview(customerIds, today);
    const effects = await this.effects(customerIds, sealed);
    return new Map(
      customerIds.map((id) => [
        id,
        {
          blockers: blockers.get(id) ?? [],
          warnings: [...(sealed.get(id)?.warnings ?? []), ...(warnings.get(id) ?? [])],
          effects: effects.get(id) ?? [],
        },
      ]),
    );
  }

  private async effects(customerIds: readonly string[], sealed: ReadonlyMap<string, CopyForecast>) {
    const identifiers = await this.erasure.identifiersOf(customerIds);
    return mergeEffects(
      await this.erasure.preview(customerIds, identifiers),
      new Map([...sealed].map(([id, { effects }]) => [id, effects])),
    );
  }

  private async warnings(customerIds: readonly string[], today: BusinessDate): Promise<ReadonlyMap<string, Warning[]>> {
    const rows = await this.transaction.query<WarningRow>(WARNINGS, [customerIds, today]);
    const warnings = new Map<string, Warning[]>();
    for (const { customer_id, code, module, count, until } of rows)
      warnings.set(customer_id, [
        ...(warnings.get(customer_id) ?? []),
        { code, module, count, ...(until === null ? {} : { until }) },
      ]);
    return warnings;
  }
}
