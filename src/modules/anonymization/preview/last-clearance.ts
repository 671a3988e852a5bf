import type { Blocker } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';

/**
 * The day on which the last of the blockers clears by itself. Null when there are none, or when an employee must act
 * first.
 */
export function lastClearance(blockers: readonly Blocker[]): BusinessDate | null {
  const days = blockers.map(({ clearsOn }) => clearsOn);
  return days.includes(null) ? null : (days.toSorted().at(-1) ?? null);
}
