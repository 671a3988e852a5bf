import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../kernel/anonymization-step';
import { AnonymizationSteps } from '../anonymization';
import { Erasure } from '../data-map';

/** The steps of the saga without its judgement: what was allowed once is done again, whatever stands in the way now. */
@Injectable()
export class RepeatedSteps {
  constructor(
    private readonly erasure: Erasure,
    private readonly steps: AnonymizationSteps,
  ) {}

  /** @param customerIds locked FOR UPDATE in an earlier statement of this transaction, none of them anonymized */
  async run(customerIds: readonly string[], context: AnonymizationContext): Promise<void> {
    const identifiers = await this.erasure.identifiersOf(customerIds);
    await this.steps.run({ customerIds, context, identifiers });
  }
}
