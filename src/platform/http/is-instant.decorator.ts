import { ValidateBy } from 'class-validator';
import { isInstant } from '../../kernel/instant';

/** ISO 8601 with offset. */
export const IsInstant = () =>
  ValidateBy({
    name: 'isInstant',
    validator: { validate: (value: unknown) => typeof value === 'string' && isInstant(value) },
  });
