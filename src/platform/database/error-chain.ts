/** Codes that a database error carries. */
export interface DatabaseError {
  /** SQLSTATE, or a network error code */
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly message: string;
}

/** Iterates over the error and its causes, outermost first, and unwraps those that TypeORM has wrapped. */
export function* errorChain(error: unknown): Generator<DatabaseError> {
  for (let at = error; at instanceof Error; at = at.cause)
    yield (at as { readonly driverError?: DatabaseError }).driverError ?? at;
}
