import { ValidateBy } from 'class-validator';
import { isBusinessDate } from '../../kernel/business-date';

/** `YYYY-MM-DD`, a date that exists; the year 0000 does not, neither in history nor in the database. */
export const IsCalendarDate = () =>
  ValidateBy({
    name: 'isCalendarDate',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isBusinessDate(value) && !value.startsWith('0000'),
    },
  });
