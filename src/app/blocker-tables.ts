import type { BlockerTable } from '../modules/anonymization';
import { ITEM_BLOCKERS } from '../modules/runs';
import { WORKLIST_BLOCKERS } from '../modules/worklist';

/** Every table that stores blockers of customers. */
export const BLOCKER_TABLES: readonly BlockerTable[] = [ITEM_BLOCKERS, WORKLIST_BLOCKERS];
