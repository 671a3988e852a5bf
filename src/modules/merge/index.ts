export { CustomerMerge } from './customer-merge';
export { MergeModule } from './merge.module';
