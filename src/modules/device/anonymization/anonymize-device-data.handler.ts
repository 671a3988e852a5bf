import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Erasure } from '../../data-map';
import { AnonymizeDeviceData } from './anonymize-device-data.command';

@CommandHandler(AnonymizeDeviceData)
export class AnonymizeDeviceDataHandler implements ICommandHandler<AnonymizeDeviceData> {
  constructor(private readonly erasure: Erasure) {}

  async execute({ set }: AnonymizeDeviceData): Promise<void> {
    await this.erasure.apply('device', set);
  }
}
