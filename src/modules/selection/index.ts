export { SELECTION_MEMBERS } from './published';
export {
  countMemberships,
  findMembers,
  findMembersAfter,
  findMemberships,
  findSelectionName,
  findSelectionsCalled,
  lockSelection,
} from './queries/find-selections.queries';
export { addNamedMembers, createNamedSelections } from './queries/import-selections.queries';
export { SelectionModule } from './selection.module';
