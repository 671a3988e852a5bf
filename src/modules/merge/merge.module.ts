import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { AuditModule } from '../audit';
import { CustomerModule } from '../customer';
import { DataMapModule } from '../data-map';
import { MergeCustomersController } from './commands/merge-customers/merge-customers.controller';
import { MergeCustomersHandler } from './commands/merge-customers/merge-customers.handler';
import { CustomerMerge } from './customer-merge';
import { PreviewMergeController } from './queries/preview-merge/preview-merge.controller';
import { PreviewMergeHandler } from './queries/preview-merge/preview-merge.handler';
import { RecordMoves } from './record-moves';

/** Merges two customers who are one person. The owners of the records declare how they move (`@OnMerge`). */
@Module({
  imports: [ArchiveModule, AuditModule, CustomerModule, DataMapModule],
  controllers: [MergeCustomersController, PreviewMergeController],
  providers: [MergeCustomersHandler, PreviewMergeHandler, CustomerMerge, RecordMoves],
  exports: [CustomerMerge],
})
export class MergeModule {}
