import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { SelectionCriteria } from '../../selection-criteria';
import type { SelectionResponse } from '../../selection.response';

/** Whom to put on the list: named customers, or whoever meets the criteria at this moment. */
export type SelectionSubject = { readonly customerIds: readonly string[] } | { readonly criteria: SelectionCriteria };

/** Saves a list of customers. Criteria are evaluated once, now, and not kept. */
export class CreateSelection extends Command<SelectionResponse> {
  constructor(
    readonly name: string,
    readonly subject: SelectionSubject,
    readonly actor: Actor,
  ) {
    super();
  }
}
