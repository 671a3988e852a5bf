import type { ValueTransformer } from 'typeorm';

/**
 * Converts numbers between bigint or numeric, which the driver returns as text, and JavaScript. Cents are exact up to
 * 90 trillion euros.
 */
export const numberFromText: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
