import type { ValueTransformer } from 'typeorm';

/** Money is stored as bigint cents, which the driver returns as text. A number is exact up to 90 trillion euros. */
export const cents: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
