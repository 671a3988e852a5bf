import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { Clock } from '../../../../platform/clock/clock';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { findSelectionName } from '../../../selection';
import type { Letter, Recipient } from '../../letters/letter';
import type { LetterTemplate } from '../../letters/letter-template';
import { Recipients } from '../../letters/recipients';
import { WriteLetters } from './write-letters.query';

@QueryHandler(WriteLetters)
export class WriteLettersHandler implements IQueryHandler<WriteLetters> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly recipients: Recipients,
    private readonly clock: Clock,
  ) {}

  async execute({ selectionId, template, contractual }: WriteLetters): Promise<AsyncIterable<Letter>> {
    const name = await this.transaction.run(() => findSelectionName(this.transaction, selectionId));
    if (name === undefined) throw new DomainError('SELECTION_NOT_FOUND');
    return written(template, this.recipients.stream({ selectionId, today: this.clock.today(), contractual }));
  }
}

async function* written(template: LetterTemplate, recipients: AsyncIterable<Recipient>): AsyncGenerator<Letter> {
  for await (const recipient of recipients) yield { recipient, text: template.filledIn(recipient) };
}
