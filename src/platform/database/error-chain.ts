/** Codes that a database error carries. */
export interface DatabaseError {
  /** SQLSTATE, or the code of the network */
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly message: string;
}

/** The error and its causes, outermost first, each without the wrapper that TypeORM puts around it. */
export function* errorChain(error: unknown): Generator<DatabaseError> {
  for (let at = error; at instanceof Error; at = at.cause)
    yield (at as { readonly driverError?: DatabaseError }).driverError ?? at;
}
