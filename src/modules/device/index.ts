export { AnonymizeDeviceData } from './anonymization/anonymize-device-data.command';
export { deviceBlockers } from './anonymization/device.blockers';
export { DeviceModule } from './device.module';
export { CareCase } from './entities/care-case.entity';
export { DeviceLoan } from './entities/device-loan.entity';
export { StockItem } from './entities/stock-item.entity';
export { STOCK_ITEMS } from './published';
