import type { ValueTransformer } from 'typeorm';

/**
 * Converts money between bigint cents, which the driver returns as text, and numbers. A number is exact up to 90
 * trillion euros.
 */
export const cents: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
