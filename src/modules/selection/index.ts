export { SelectionModule } from './selection.module';
