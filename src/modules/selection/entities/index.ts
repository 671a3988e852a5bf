import { SelectionMember } from './selection-member.entity';
import { Selection } from './selection.entity';

export const SELECTION_ENTITIES = [SelectionMember, Selection];
