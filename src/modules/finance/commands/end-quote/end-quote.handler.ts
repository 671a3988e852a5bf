import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { LockedRecords } from '../../../records';
import { Quote } from '../../entities/quote.entity';
import { quotes, type StoredQuote } from '../../records/quote.record';
import { EndQuote } from './end-quote.command';

@CommandHandler(EndQuote)
export class EndQuoteHandler implements ICommandHandler<EndQuote> {
  constructor(
    private readonly records: LockedRecords,
    private readonly transaction: TransactionRunner,
  ) {}

  execute({ quoteId }: EndQuote): Promise<StoredQuote> {
    return this.records.change(quotes, quoteId, async ({ status }, { today }) => {
      if (status !== 'OPEN') throw new DomainError('QUOTE_NOT_OPEN');
      await this.transaction
        .repository(Quote)
        .update({ id: quoteId }, { status: 'ENDED', endedOn: today, endReason: 'EMPLOYEE' });
    });
  }
}
