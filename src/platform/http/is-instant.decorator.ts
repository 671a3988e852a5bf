import { ValidateBy } from 'class-validator';
import { isInstant } from '../../kernel/instant';

/** An ISO 8601 instant with offset. */
export const IsInstant = () =>
  ValidateBy({
    name: 'isInstant',
    validator: { validate: (value: unknown) => typeof value === 'string' && isInstant(value) },
  });
