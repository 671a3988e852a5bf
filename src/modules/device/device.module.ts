import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { CustomerModule } from '../customer';
import { DataMapModule } from '../data-map';
import { AnonymizeDeviceDataHandler } from './anonymization/anonymize-device-data.handler';
import { CancelCareCaseController } from './commands/cancel-care-case/cancel-care-case.controller';
import { CancelCareCaseHandler } from './commands/cancel-care-case/cancel-care-case.handler';
import { CompleteCareCaseController } from './commands/complete-care-case/complete-care-case.controller';
import { CompleteCareCaseHandler } from './commands/complete-care-case/complete-care-case.handler';
import { ResolveDeviceLoanController } from './commands/resolve-device-loan/resolve-device-loan.controller';
import { ResolveDeviceLoanHandler } from './commands/resolve-device-loan/resolve-device-loan.handler';
import { CareCasesController } from './records/care-cases.controller';
import { DeviceLoanRules } from './records/device-loan-rules';
import { DeviceLoansController } from './records/device-loans.controller';
import { LentDevices } from './records/lent-devices';

@Module({
  imports: [ArchiveModule, CustomerModule, DataMapModule],
  controllers: [
    CareCasesController,
    DeviceLoansController,
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
