import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../kernel/anonymization-step';
import { AnonymizationSteps } from '../anonymization';
import { Erasure } from '../data-map';

/**
 * Runs the steps of the saga without the check: an anonymization that was allowed once is repeated, whatever blocks it
 * now.
 */
@Injectable()
export class RepeatedSteps {
  constructor(
    private readonly erasure: Erasure,
    private readonly steps: AnonymizationSteps,
  ) {}

  /** @param customerIds locked FOR UPDATE in an earlier statement of this transaction, none of them anonymized */
  async eraseUnchecked(customerIds: readonly string[], context: AnonymizationContext): Promise<void> {
    const identifiers = await this.erasure.identifiersOf(customerIds);
    await this.steps.eraseAndProve({ customerIds, context, identifiers });
  }
}
