import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { SelectionCriteria } from '../../selection-criteria';
import type { SelectionResponse } from '../../selection.response';

/** The members of a new selection: named customers, or all who meet the criteria now. */
export type SelectionSubject = { readonly customerIds: readonly string[] } | { readonly criteria: SelectionCriteria };

/** Saves a selection. Criteria are evaluated once, now, and not stored. */
export class CreateSelection extends Command<SelectionResponse> {
  constructor(
    readonly name: string,
    readonly subject: SelectionSubject,
    readonly actor: Actor,
  ) {
    super();
  }
}
