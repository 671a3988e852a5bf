import { ValidateBy } from 'class-validator';
import { isBusinessDate } from '../../kernel/business-date';

/** `YYYY-MM-DD`, a date that exists in the calendar and in PostgreSQL. The year 0000 exists in neither. */
export const IsCalendarDate = () =>
  ValidateBy({
    name: 'isCalendarDate',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isBusinessDate(value) && !value.startsWith('0000'),
    },
  });
