export { addNamedMembers, createNamedSelections } from './queries/import-selections.queries';
export { SelectionModule } from './selection.module';
