import type { ValueTransformer } from 'typeorm';

/** A numeric column, which the driver returns as text, as a number. */
export const decimal: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
