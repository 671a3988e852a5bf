export { MergeModule } from './merge.module';
