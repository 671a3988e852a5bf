/** The name of the unique constraint or index that an error is about, however deep it is wrapped; null for other errors. */
export function violatedUnique(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code, constraint } = ((at as { driverError?: unknown }).driverError ?? at) as {
      code?: unknown;
      constraint?: unknown;
    };
    if (code === '23505' && typeof constraint === 'string') return constraint;
  }
  return null;
}
