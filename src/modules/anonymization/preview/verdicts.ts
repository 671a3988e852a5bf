import { Injectable } from '@nestjs/common';
import { type Effect, mergeEffects } from '../../../kernel/anonymization-step';
import type { Blocker, Warning } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';
import { type CopyForecast, SealedCopies } from '../../archive';
import { Erasure, type IdentifiersByCustomer } from '../../data-map';
import { ValidationGuard } from '../validation/validation.guard';
import { PreviewWarnings } from './preview-warnings';

/** The consequences of anonymizing a customer today. */
export interface Findings {
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly Warning[];
  readonly effects: readonly Effect[];
}

/** Checks customers without changing anything. Runs in the transaction in progress. */
@Injectable()
export class Verdicts {
  constructor(
    private readonly guard: ValidationGuard,
    private readonly erasure: Erasure,
    private readonly copies: SealedCopies,
    private readonly warnings: PreviewWarnings,
  ) {}

  async checkCustomers(customerIds: readonly string[], today: BusinessDate): Promise<ReadonlyMap<string, Findings>> {
    const blockers = await this.guard.check(customerIds, today);
    const identifiers = await this.erasure.identifiersOf(customerIds);
    const warnings = await this.warnings.findForCustomers(customerIds, identifiers, today);
    const sealed = await this.copies.preview(customerIds, today);
    const effects = await this.effects(customerIds, identifiers, sealed);
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

  private async effects(
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
    sealed: ReadonlyMap<string, CopyForecast>,
  ) {
    return mergeEffects(
      await this.erasure.preview(customerIds, identifiers),
      new Map([...sealed].map(([id, { effects }]) => [id, effects])),
    );
  }
}
