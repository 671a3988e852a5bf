import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { CustomerModule, recordRoutes } from '../customer';
import { AnonymizeDeviceDataHandler } from './anonymization/anonymize-device-data.handler';
import { CancelCareCaseController } from './commands/cancel-care-case/cancel-care-case.controller';
import { CancelCareCaseHandler } from './commands/cancel-care-case/cancel-care-case.handler';
import { CompleteCareCaseController } from './commands/complete-care-case/complete-care-case.controller';
import { CompleteCareCaseHandler } from './commands/complete-care-case/complete-care-case.handler';
import { ResolveDeviceLoanController } from './commands/resolve-device-loan/resolve-device-loan.controller';
import { ResolveDeviceLoanHandler } from './commands/resolve-device-loan/resolve-device-loan.handler';
import { careCases } from './records/care-case.record';
import { DeviceLoanRules } from './records/device-loan-rules';
import { deviceLoans } from './records/device-loan.record';
import { LentDevices } from './records/lent-devices';

@Module({
  imports: [ArchiveModule, CustomerModule],
  controllers: [
    ...recordRoutes(careCases),
    ...recordRoutes(deviceLoans),
    CompleteCareCaseController,
    CancelCareCaseController,
    ResolveDeviceLoanController,
  ],
  providers: [
    AnonymizeDeviceDataHandler,
    CompleteCareCaseHandler,
    CancelCareCaseHandler,
    ResolveDeviceLoanHandler,
    DeviceLoanRules,
    LentDevices,
  ],
})
export class DeviceModule {}
