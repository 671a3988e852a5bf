/** Further members of the problem document (RFC 9457 section 3.2). Ids, codes, counts and dates only, never a personal value. */
export type ErrorExtensions = Readonly<Record<string, unknown>>;

/**
 * A refusal the caller can act on. `code` is one of the contract's codes; `platform/http` alone knows the status that goes with it.
 * The message is the code, so that no log line can carry a value.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: string,
    readonly extensions: ErrorExtensions = {},
    cause?: unknown,
  ) {
    super(code, { cause });
  }
}
