import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { CustomerModule } from '../customer';
import { MergeCustomersController } from './commands/merge-customers/merge-customers.controller';
import { MergeCustomersHandler } from './commands/merge-customers/merge-customers.handler';
import { CustomerMerge } from './customer-merge';
import { PreviewMergeController } from './queries/preview-merge/preview-merge.controller';
import { PreviewMergeHandler } from './queries/preview-merge/preview-merge.handler';
import { RecordMoves } from './record-moves';

/**
 * Merges two records of one customer. Depends on all participants, as the anonymization does, because it moves the
 * records of all of them.
 */
@Module({
  imports: [CustomerModule, ArchiveModule],
  controllers: [MergeCustomersController, PreviewMergeController],
  providers: [MergeCustomersHandler, PreviewMergeHandler, CustomerMerge, RecordMoves],
  exports: [CustomerMerge],
})
export class MergeModule {}
