export { AnonymizeDeviceData } from './anonymization/anonymize-device-data.command';
export { deviceBlockers } from './anonymization/device.blockers';
export { DeviceModule } from './device.module';
