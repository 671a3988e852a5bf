import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EffectsByCustomer } from '../../../kernel/anonymization-step';
import { AuditLog } from '../../audit';
import { Erasure } from '../../data-map';
import { AnonymizeDeviceData } from './anonymize-device-data.command';

@CommandHandler(AnonymizeDeviceData)
export class AnonymizeDeviceDataHandler implements ICommandHandler<AnonymizeDeviceData> {
  constructor(
    private readonly erasure: Erasure,
    private readonly audit: AuditLog,
  ) {}

  async execute({ set }: AnonymizeDeviceData): Promise<EffectsByCustomer> {
    const effects = await this.erasure.apply(['device'], set);
    await this.audit.recordAnonymized('device', set, effects);
    return effects;
  }
}
