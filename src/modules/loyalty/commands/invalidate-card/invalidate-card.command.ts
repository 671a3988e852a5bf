import { Command } from '@nestjs/cqrs';
import type { BusinessDate } from '../../../../kernel/business-date';
import type { StoredCard } from '../../records/card.record';

/** Invalidates a card as of a day; answers with it. */
export class InvalidateCard extends Command<StoredCard> {
  constructor(
    readonly cardId: string,
    /** today, when left out */
    readonly on?: BusinessDate | null,
  ) {
    super();
  }
}
