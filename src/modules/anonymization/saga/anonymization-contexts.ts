import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../../kernel/anonymization-step';
import { anonymizedLabel } from '../../../kernel/personal-data';
import { Clock } from '../../../platform/clock/clock';
import type { Actor } from '../../../platform/auth/actor';

/** Reasons for an anonymization. The list is closed, because free text could name the customer. */
export const REASONS = ['ERASURE_REQUEST', 'CONSENT_WITHDRAWN', 'RETENTION_EXPIRED', 'WRONG_ENTRY', 'OTHER'] as const;
export type Reason = (typeof REASONS)[number];

/** A ticket number, never free text. */
export const REFERENCE = /^[A-Z0-9][A-Z0-9-]{0,31}$/;

export interface Justification {
  readonly reason: Reason;
  readonly reference: string | null;
}

/** Creates contexts. Reads the clock once per transaction, so that rules, label and audit entries agree on the day. */
@Injectable()
export class AnonymizationContexts {
  constructor(private readonly clock: Clock) {}

  create(actor: Actor, runId: string, { reason, reference }: Justification): AnonymizationContext {
    const instant = this.clock.now();
    const today = this.clock.today(instant);
    return {
      runId,
      actorId: actor.id,
      actorRole: actor.role,
      instant,
      today,
      label: anonymizedLabel(today, actor.displayName),
      reason,
      reference,
    };
  }
}
