import type { BusinessDate } from '../kernel/business-date';

const DAY_MS = 86_400_000;

const instantOf = (date: BusinessDate): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (instant: number): BusinessDate => new Date(instant).toISOString().slice(0, 10);

/** Works like PostgreSQL's `date + interval 'n months'`: the day is clamped to the last day of the month. */
export function addMonths(date: BusinessDate, months: number): BusinessDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return Math.round((instantOf(to) - instantOf(from)) / DAY_MS);
}

export const earlier = (one: BusinessDate, other: BusinessDate): BusinessDate => (one < other ? one : other);

/** `1941-03-14` in German notation: `14.03.1941`. */
export const germanDate = (date: BusinessDate): string => date.split('-').reverse().join('.');
