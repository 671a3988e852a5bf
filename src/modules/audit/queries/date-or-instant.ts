import { ValidateBy } from 'class-validator';
import { isBusinessDate } from '../../../kernel/business-date';
import { endOfDay, startOfDay } from '../../../platform/clock/day-bounds';

const INSTANT = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const DATE = /^[1-9]\d{3}-/;

/** `YYYY-MM-DD`, or an ISO 8601 instant with its offset. */
export const IsDateOrInstant = () =>
  ValidateBy({
    name: 'isDateOrInstant',
    validator: { validate: (value) => typeof value === 'string' && isDateOrInstant(value) },
  });

const isDateOrInstant = (text: string): boolean =>
  isDate(text) || (INSTANT.test(text) && !Number.isNaN(Date.parse(text)));

const isDate = (text: string): boolean => DATE.test(text) && isBusinessDate(text);

/** Both ends are inclusive. A date means the whole day of the shop. */
export function instantRange(
  from: string | undefined,
  to: string | undefined,
  timeZone: string,
): { from?: Date; to?: Date } {
  return {
    from: from === undefined ? undefined : firstInstant(from, timeZone),
    to: to === undefined ? undefined : lastInstant(to, timeZone),
  };
}

const firstInstant = (text: string, timeZone: string): Date =>
  isDate(text) ? startOfDay(text, timeZone) : new Date(text);

const lastInstant = (text: string, timeZone: string): Date =>
  isDate(text) ? endOfDay(text, timeZone) : new Date(text);
