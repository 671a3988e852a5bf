import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Erasure } from '../../data-map';
import { AnonymizeLoyaltyData } from './anonymize-loyalty-data.command';

@CommandHandler(AnonymizeLoyaltyData)
export class AnonymizeLoyaltyDataHandler implements ICommandHandler<AnonymizeLoyaltyData> {
  constructor(private readonly erasure: Erasure) {}

  async execute({ set }: AnonymizeLoyaltyData): Promise<void> {
    await this.erasure.apply('loyalty', set);
  }
}
