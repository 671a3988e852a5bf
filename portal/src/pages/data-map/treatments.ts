import type { Schemas } from '../../api/client';

/** Ordered from erased to kept. */
export const TREATMENTS: readonly Schemas['DataMapColumnResponse']['treatment'][] = [
  'ERASE_ROWS',
  'ERASE',
  'REPLACE',
  'REDACT',
  'SEAL',
  'KEEP',
];
