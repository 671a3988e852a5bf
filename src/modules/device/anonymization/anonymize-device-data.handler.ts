import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SealedCopies } from '../../archive';
import { Erasure } from '../../data-map';
import { AnonymizeDeviceData } from './anonymize-device-data.command';

@CommandHandler(AnonymizeDeviceData)
export class AnonymizeDeviceDataHandler implements ICommandHandler<AnonymizeDeviceData> {
  constructor(
    private readonly copies: SealedCopies,
    private readonly erasure: Erasure,
  ) {}

  async execute({ set }: AnonymizeDeviceData): Promise<void> {
    const sealed = await this.copies.write('device', set); // before anything changes: no copy, no anonymization
    await this.erasure.apply('device', set, { sealed });
  }
}
