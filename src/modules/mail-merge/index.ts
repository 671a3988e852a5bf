export { MailMergeModule } from './mail-merge.module';
