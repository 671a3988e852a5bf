import { type BusinessDate, businessDateOf } from '../../kernel/business-date';

/** More than any zone is away from UTC. */
const FURTHEST_OFFSET_MS = 15 * 60 * 60 * 1000;

/** The first instant of a calendar date in a time zone; searched for, because on some days of some zones it is not midnight. */
export function startOfDay(date: BusinessDate, timeZone: string): Date {
  const midnightUtc = Date.parse(`${date}T00:00:00Z`);
  let before = midnightUtc - FURTHEST_OFFSET_MS;
  let within = midnightUtc + FURTHEST_OFFSET_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (businessDateOf(new Date(middle), timeZone) < date) before = middle;
    else within = middle;
  }
  return new Date(within);
}
