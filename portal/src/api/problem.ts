import type { ProblemCode } from './codes';

interface ProblemDocument {
  readonly code?: ProblemCode;
  readonly status?: number;
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
  readonly [extension: string]: unknown;
}

/**
 * The API refused a request, or was unreachable (`UNREACHABLE`). The message is the code; the text of a response is
 * never shown or logged.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;

  constructor(readonly document: ProblemDocument) {
    const { code = 'INTERNAL_ERROR' } = document;
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.status = document.status ?? 0;
  }

  /** Whether the command may have been executed although the response was lost. */
  get isUncertain(): boolean {
    return this.document.isUncertain === true;
  }

  /** The error code of a submitted field, if it has one. */
  codeOf(field: string): string | undefined {
    return this.document.errors?.find((error) => error.field === field)?.code;
  }
}

export const isProblem = (error: unknown, ...codes: readonly ProblemCode[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code));

/** Whether the server did not respond. Earlier data is then kept on the page. */
export const isSilence = (error: unknown): boolean => isProblem(error, 'UNREACHABLE', 'SERVICE_UNAVAILABLE');
