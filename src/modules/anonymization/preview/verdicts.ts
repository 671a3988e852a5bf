import { Injectable } from '@nestjs/common';
import { type Effect, mergeEffects } from '../../../kernel/anonymization-step';
import type { Blocker, Warning } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';
import { FiscalCopies } from '../../finance';
import { Erasure, type IdentifiersByCustomer } from '../../data-map';
import { ValidationGuard } from '../validation/validation.guard';
import { PreviewWarnings } from './preview-warnings';

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
    private readonly guard: ValidationGuard,
    private readonly erasure: Erasure,
    private readonly fiscalCopies: FiscalCopies,
    private readonly warnings: PreviewWarnings,
  ) {}

  async of(customerIds: readonly string[], today: BusinessDate): Promise<ReadonlyMap<string, Findings>> {
    const blockers = await this.guard.judge(customerIds, today);
    const identifiers = await this.erasure.identifiersOf(customerIds);
    const warnings = await this.warnings.of(customerIds, identifiers, today);
    const effects = await this.effects(customerIds, identifiers, today);
    return new Map(
      customerIds.map((id) => [
        id,
        { blockers: blockers.get(id) ?? [], warnings: warnings.get(id) ?? [], effects: effects.get(id) ?? [] },
      ]),
    );
  }

  private async effects(customerIds: readonly string[], identifiers: IdentifiersByCustomer, today: BusinessDate) {
    return mergeEffects(
      await this.erasure.preview(customerIds, identifiers),
      await this.fiscalCopies.preview(customerIds, today),
    );
  }
}
