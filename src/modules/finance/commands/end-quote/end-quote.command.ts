import { Command } from '@nestjs/cqrs';
import type { StoredQuote } from '../../records/quote.record';

/** Ends an open quote; answers with it. */
export class EndQuote extends Command<StoredQuote> {
  constructor(readonly quoteId: string) {
    super();
  }
}
