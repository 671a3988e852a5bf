import { Module } from '@nestjs/common';
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
import { CustomerLocks } from './locks/customer-locks';
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
import { AddRecordHandler } from './records/add-record/add-record.handler';
import { AddressRules } from './records/address-rules';
import { addresses } from './records/address.record';
import { consents } from './records/consent.record';
import { insuranceCards } from './records/insurance-card.record';
import { ListRecordsHandler } from './records/list-records/list-records.handler';
import { LockedRecords } from './records/locked-records';
import { memberships } from './records/membership.record';
import { RecordReferences } from './records/record-references';
import { recordRoutes } from './records/record-routes';
import { RecordStore } from './records/record-store';
import { RecordWrites } from './records/record-writes';
import { RelationshipRules } from './records/relationship-rules';
import { relationships } from './records/relationship.record';
import { SearchIndex } from './search-index';

@Module({
  // fixed paths before those with an id in the same place
  controllers: [
    SearchCustomersController,
    FindDuplicatesController,
    GetCustomerByNumberController,
    GetCustomerController,
    CreateCustomerController,
    ChangeCustomerController,
    SetLegalHoldController,
    LiftLegalHoldController,
    ...recordRoutes(addresses),
    ...recordRoutes(relationships),
    ...recordRoutes(memberships),
    ...recordRoutes(insuranceCards),
    ...recordRoutes(consents),
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
    AddRecordHandler,
    ListRecordsHandler,
    AddressRules,
    RelationshipRules,
    CustomerLocks,
    CustomerRows,
    CustomerSummaries,
    CustomerView,
    CustomerWrites,
    LegalHolds,
    LockedRecords,
    RecordReferences,
    RecordStore,
    RecordWrites,
    SearchIndex,
  ],
  exports: [
    CustomerLocks,
    CustomerRows,
    CustomerSummaries,
    CustomerView,
    LegalHolds,
    LockedRecords,
    RecordWrites,
    SearchIndex,
  ],
})
export class CustomerModule {}
