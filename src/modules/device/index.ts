export { AnonymizeDeviceData } from './anonymization/anonymize-device-data.command';
export { deviceBlockers } from './anonymization/device.blockers';
export { DeviceModule } from './device.module';
export { CARE_CASE_STATUSES, CARE_CASE_TYPES } from './entities/care-case.entity';
export { LOAN_KINDS, LOAN_RESOLUTIONS } from './entities/device-loan.entity';
export { STOCK_OWNERS, STOCK_STATUSES } from './entities/stock-item.entity';
