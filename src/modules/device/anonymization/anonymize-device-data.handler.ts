import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SealedCopies } from '../../archive';
import { Erasure } from '../../data-map';
import { AnonymizeDeviceData } from './anonymize-device-data.command';

/** Seals which device the customer had, erases the device tables and writes one audit entry per customer. */
@CommandHandler(AnonymizeDeviceData)
export class AnonymizeDeviceDataHandler implements ICommandHandler<AnonymizeDeviceData> {
  constructor(
    private readonly copies: SealedCopies,
    private readonly erasure: Erasure,
  ) {}

  async execute({ batch }: AnonymizeDeviceData): Promise<void> {
    const sealed = await this.copies.write('device', batch); // first, so that nothing is erased without a copy
    await this.erasure.eraseAndRecord('device', batch, { sealed });
  }
}
