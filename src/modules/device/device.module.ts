import { Module } from '@nestjs/common';
import { AnonymizeDeviceDataHandler } from './anonymization/anonymize-device-data.handler';

@Module({ providers: [AnonymizeDeviceDataHandler] })
export class DeviceModule {}
