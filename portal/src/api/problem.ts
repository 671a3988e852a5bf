import type { ProblemCode } from './codes';

interface ProblemDocument {
  readonly code?: ProblemCode;
  readonly status?: number;
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
  readonly [extension: string]: unknown;
}

/**
 * The API refused, or could not be reached (`UNREACHABLE`). Its message is the code: no answer's text is ever shown or
 * logged.
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

  /** Whether it may have been done all the same: the answer is lost. */
  get isUncertain(): boolean {
    return this.document.isUncertain === true;
  }

  /** What is wrong with a field of what was sent. */
  codeOf(field: string): string | undefined {
    return this.document.errors?.find((error) => error.field === field)?.code;
  }
}

export const isProblem = (error: unknown, ...codes: readonly ProblemCode[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code));

/** The server did not answer, so what was read before is as good as it gets. */
export const isSilence = (error: unknown): boolean => isProblem(error, 'UNREACHABLE', 'SERVICE_UNAVAILABLE');
