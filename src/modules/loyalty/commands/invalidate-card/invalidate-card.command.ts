import { Command } from '@nestjs/cqrs';
import type { BusinessDate } from '../../../../kernel/business-date';
import type { StoredCard } from '../../records/card.record';

/** Invalidates a card as of a day and returns it. */
export class InvalidateCard extends Command<StoredCard> {
  constructor(
    readonly cardId: string,
    /** defaults to today */
    readonly on?: BusinessDate | null,
  ) {
    super();
  }
}
