import { Temporal } from 'temporal-polyfill';
import type { BusinessDate } from '../../kernel/business-date';

/** The first instant of a calendar date in a time zone. On the day of a clock change, it may not be midnight. */
export const startOfDay = (date: BusinessDate, timeZone: string): Date =>
  startOf(Temporal.PlainDate.from(date), timeZone);

/** The last millisecond of a calendar date in a time zone. */
export const endOfDay = (date: BusinessDate, timeZone: string): Date =>
  new Date(startOf(Temporal.PlainDate.from(date).add({ days: 1 }), timeZone).getTime() - 1);

const startOf = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
