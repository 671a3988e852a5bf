import type { ErrorCode } from './error-codes';

/**
 * Extension members of the problem document (RFC 9457 section 3.2). They contain ids, codes, counts and dates, never a
 * personal value.
 */
export type ErrorExtensions = Readonly<Record<string, unknown>>;

/**
 * A refusal that the caller can act on. `platform/http` maps its code to a status, `cli` to a line of output. The
 * message is the code, so that no log line can contain a value.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly extensions: ErrorExtensions = {},
    cause?: unknown,
  ) {
    super(code, { cause });
  }
}
