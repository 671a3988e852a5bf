import { errorChain } from './error-chain';

const UNIQUE_VIOLATION = '23505';

/** The name of the violated unique constraint or index; null for any other error. */
export function violatedUnique(error: unknown): string | null {
  for (const { code, constraint } of errorChain(error))
    if (code === UNIQUE_VIOLATION && typeof constraint === 'string') return constraint;
  return null;
}
