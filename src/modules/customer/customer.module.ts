import { Module } from '@nestjs/common';
import { AuditModule } from '../audit';
import { DataMapModule } from '../data-map';
import { RecordsModule } from '../records';
import { CustomerRows } from './customer-rows';
import { AnonymizeCustomerDataHandler } from './anonymization/anonymize-customer-data.handler';
import { ChangeCustomerController } from './commands/change-customer/change-customer.controller';
import { ChangeCustomerHandler } from './commands/change-customer/change-customer.handler';
import { CreateCustomerController } from './commands/create-customer/create-customer.controller';
import { CreateCustomerHandler } from './commands/create-customer/create-customer.handler';
import { LiftLegalHoldController } from './commands/lift-legal-hold/lift-legal-hold.controller';
import { LiftLegalHoldHandler } from './commands/lift-legal-hold/lift-legal-hold.handler';
import { SetLegalHoldController } from './commands/set-legal-hold/set-legal-hold.controller';
import { SetLegalHoldHandler } from './commands/set-legal-hold/set-legal-hold.handler';
import { CustomerView } from './customer-view';
import { CustomerWrites } from './customer-writes';
import { LegalHolds } from './legal-holds';
import { CustomerLocksModule } from './locks/customer-locks.module';
import { CustomerSummaries } from './queries/customer-summaries';
import { GetCustomerByNumberController } from './queries/get-customer-by-number/get-customer-by-number.controller';
import { GetCustomerByNumberHandler } from './queries/get-customer-by-number/get-customer-by-number.handler';
import { GetCustomerController } from './queries/get-customer/get-customer.controller';
import { GetCustomerHandler } from './queries/get-customer/get-customer.handler';
import { FindDuplicatesController } from './queries/find-duplicates/find-duplicates.controller';
import { FindDuplicatesHandler } from './queries/find-duplicates/find-duplicates.handler';
import { PossibleDuplicates } from './queries/find-duplicates/possible-duplicates';
import { SearchCustomersController } from './queries/search-customers/search-customers.controller';
import { SearchCustomersHandler } from './queries/search-customers/search-customers.handler';
import { AddressesController } from './records/addresses.controller';
import { ConsentsController } from './records/consents.controller';
import { InsuranceCardsController } from './records/insurance-cards.controller';
import { MembershipsController } from './records/memberships.controller';
import { RelationshipsController } from './records/relationships.controller';
import { SearchIndex } from './search-index';

const records = RecordsModule.lockedBy(CustomerLocksModule);

@Module({
  imports: [AuditModule, CustomerLocksModule, DataMapModule, records],
  // routes with fixed paths must precede those with an id in the same position
  controllers: [
    SearchCustomersController,
    FindDuplicatesController,
    GetCustomerByNumberController,
    GetCustomerController,
    CreateCustomerController,
    ChangeCustomerController,
    SetLegalHoldController,
    LiftLegalHoldController,
    AddressesController,
    RelationshipsController,
    MembershipsController,
    InsuranceCardsController,
    ConsentsController,
  ],
  providers: [
    AnonymizeCustomerDataHandler,
    SearchCustomersHandler,
    FindDuplicatesHandler,
    PossibleDuplicates,
    GetCustomerByNumberHandler,
    GetCustomerHandler,
    CreateCustomerHandler,
    ChangeCustomerHandler,
    SetLegalHoldHandler,
    LiftLegalHoldHandler,
    CustomerRows,
    CustomerSummaries,
    CustomerView,
    CustomerWrites,
    LegalHolds,
    SearchIndex,
  ],
  exports: [CustomerLocksModule, records, CustomerRows, CustomerSummaries, CustomerView, LegalHolds, SearchIndex],
})
export class CustomerModule {}
