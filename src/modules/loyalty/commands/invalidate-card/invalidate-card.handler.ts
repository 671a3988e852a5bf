import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { cards, type StoredCard } from '../../records/card.record';
import { InvalidateCard } from './invalidate-card.command';

@CommandHandler(InvalidateCard)
export class InvalidateCardHandler implements ICommandHandler<InvalidateCard> {
  constructor(private readonly records: LockedRecords) {}

  execute({ cardId, on }: InvalidateCard): Promise<StoredCard> {
    return this.records.change(cards, cardId, ({ invalidatedOn }, { today }) => {
      // an invalidation dated in the future does not count yet and can be brought forward
      if (invalidatedOn !== null && invalidatedOn <= today) throw new DomainError('CARD_INVALIDATED');
      return { invalidatedOn: on ?? today };
    });
  }
}
