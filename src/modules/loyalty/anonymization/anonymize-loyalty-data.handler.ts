import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Erasure } from '../../data-map';
import { AnonymizeLoyaltyData } from './anonymize-loyalty-data.command';

/** Erases the loyalty tables and writes one audit entry per customer. */
@CommandHandler(AnonymizeLoyaltyData)
export class AnonymizeLoyaltyDataHandler implements ICommandHandler<AnonymizeLoyaltyData> {
  constructor(private readonly erasure: Erasure) {}

  async execute({ batch }: AnonymizeLoyaltyData): Promise<void> {
    await this.erasure.eraseAndRecord('loyalty', batch);
  }
}
