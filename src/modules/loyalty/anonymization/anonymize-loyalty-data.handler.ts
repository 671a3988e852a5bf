import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EffectsByCustomer } from '../../../kernel/anonymization-step';
import { AuditLog } from '../../audit';
import { Erasure } from '../../data-map';
import { AnonymizeLoyaltyData } from './anonymize-loyalty-data.command';

@CommandHandler(AnonymizeLoyaltyData)
export class AnonymizeLoyaltyDataHandler implements ICommandHandler<AnonymizeLoyaltyData> {
  constructor(
    private readonly erasure: Erasure,
    private readonly audit: AuditLog,
  ) {}

  async execute({ set }: AnonymizeLoyaltyData): Promise<EffectsByCustomer> {
    const effects = await this.erasure.apply(['loyalty'], set);
    await this.audit.recordAnonymized('loyalty', set, effects);
    return effects;
  }
}
