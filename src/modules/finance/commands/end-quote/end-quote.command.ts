import { Command } from '@nestjs/cqrs';
import type { StoredQuote } from '../../records/quote.record';

/** Ends an open quote and returns it. */
export class EndQuote extends Command<StoredQuote> {
  constructor(readonly quoteId: string) {
    super();
  }
}
