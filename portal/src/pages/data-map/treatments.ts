import type { Schemas } from '../../api/client';

/** From what is gone to what stays. */
export const TREATMENTS: readonly Schemas['DataMapColumnResponse']['treatment'][] = [
  'ERASE_ROWS',
  'ERASE',
  'REPLACE',
  'REDACT',
  'SEAL',
  'KEEP',
];
