export { AnonymizeDeviceData } from './anonymization/anonymize-device-data.command';
export { deviceBlockers } from './anonymization/device.blockers';
export { DeviceModule } from './device.module';
export { CareCase } from './entities/care-case.entity';
export { DeviceLoan } from './entities/device-loan.entity';
export { STOCK_ITEMS } from './published';
export { STOCK_OWNERS, STOCK_STATUSES } from './entities/stock-item.entity';
