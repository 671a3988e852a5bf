import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../../kernel/anonymization-step';
import type { Blocker } from '../../../kernel/blocker';
import { AuditLog } from '../../audit';
import type { LockedCustomer } from '../../customer';
import { Erasure } from '../../data-map';
import { ValidationGuard } from '../validation/validation.guard';
import { AnonymizationSteps } from './anonymization.steps';

/** The outcome for one customer. A refusal is an outcome and not an exception, so that its audit entry commits. */
export type Outcome = { readonly customerId: string; readonly customerNumber: string } & (
  | {
      readonly kind: 'ANONYMIZED';
      readonly anonymizedAt: Date;
      readonly runId: string;
    }
  | { readonly kind: 'ALREADY_ANONYMIZED'; readonly anonymizedAt: Date; readonly runId: string }
  | { readonly kind: 'BLOCKED'; readonly blockers: readonly Blocker[] }
);

/**
 * Anonymizes a batch of customers in the transaction in progress: all of it commits, or nothing.
 *
 * It is a process manager that awaits its steps. Handlers of `@Saga()` and of the event bus are not awaited and would
 * lose writes at commit.
 */
@Injectable()
export class AnonymizationSaga {
  constructor(
    private readonly guard: ValidationGuard,
    private readonly erasure: Erasure,
    private readonly steps: AnonymizationSteps,
    private readonly audit: AuditLog,
  ) {}

  /** @param customers locked FOR UPDATE in an earlier statement of this transaction */
  async anonymize(customers: readonly LockedCustomer[], context: AnonymizationContext): Promise<Outcome[]> {
    const candidates = customers.filter(({ anonymizedAt }) => anonymizedAt === null).map(({ id }) => id);
    const blockers = await this.guard.check(candidates, context.today);
    const ready = candidates.filter((id) => !blockers.has(id));
    const identifiers = await this.erasure.identifiersOf(ready);
    await this.steps.eraseAndProve({ customerIds: ready, context, identifiers });
    const outcomes = customers.map((customer) => outcomeOf(customer, blockers.get(customer.id), context));
    await this.recordRefusals(outcomes, context);
    return outcomes;
  }

  /** Whether a text to be stored, such as a reference, names the customer. */
  isNamedIn(customerId: string, text: string): Promise<boolean> {
    return this.erasure.isNamedIn(customerId, text);
  }

  private async recordRefusals(outcomes: readonly Outcome[], context: AnonymizationContext): Promise<void> {
    const refused = outcomes.filter((outcome) => outcome.kind === 'BLOCKED');
    if (refused.length === 0) return;
    await this.audit.record(
      ...refused.map(({ customerId, blockers }) => ({
        action: 'ANONYMIZATION_REFUSED' as const,
        module: 'anonymization' as const,
        outcome: 'REFUSED' as const,
        actorId: context.actorId,
        actorRole: context.actorRole,
        occurredAt: context.instant,
        customerId,
        runId: context.runId,
        details: {
          blockers: [...new Set(blockers.map(({ code }) => code))],
          reason: context.reason,
          reference: context.reference,
        },
      })),
    );
  }
}

function outcomeOf(
  customer: LockedCustomer,
  blockers: readonly Blocker[] | undefined,
  context: AnonymizationContext,
): Outcome {
  const { id: customerId, customerNumber, anonymizedAt, anonymizationRunId } = customer;
  if (anonymizedAt !== null)
    return { kind: 'ALREADY_ANONYMIZED', customerId, customerNumber, anonymizedAt, runId: anonymizationRunId! };
  if (blockers !== undefined) return { kind: 'BLOCKED', customerId, customerNumber, blockers };
  return {
    kind: 'ANONYMIZED',
    customerId,
    customerNumber,
    anonymizedAt: context.instant,
    runId: context.runId,
  };
}
