import { ARRAY_UNIQUE, ValidateBy } from 'class-validator';

/** No element stands twice. As `ArrayUnique` of class-validator, which compares each with each: 3 s for 10,000 ids. */
export const AllDistinct = () =>
  ValidateBy({
    name: ARRAY_UNIQUE,
    validator: { validate: (value: unknown) => Array.isArray(value) && new Set(value).size === value.length },
  });
