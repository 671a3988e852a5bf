import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError, type ErrorExtensions } from '../../kernel/domain-error';
import { isProblemCode, type ProblemCode } from '../../kernel/error-codes';
import { databaseCodeOf, isTransient, LOCK_NOT_AVAILABLE } from '../database/transient-failure';
import { Logger } from '../logging/logger';
import { correlationIdOf } from './correlation-id.middleware';
import { PROBLEM_DETAIL, PROBLEM_STATUS } from './problem';

interface Refusal {
  readonly code: ProblemCode;
  readonly extensions?: ErrorExtensions;
}

/** SQLSTATEs of errors that the caller can act on. */
const SQL_STATES: Readonly<Record<string, ProblemCode>> = {
  AN001: 'CUSTOMER_ANONYMIZED',
  AN004: 'DOCUMENT_ISSUED',
  AN008: 'CUSTOMER_MERGED',
  [LOCK_NOT_AVAILABLE]: 'CUSTOMER_LOCKED',
};

const RETRY_AFTER_SECONDS = 2;

const HTTP_CODES: Readonly<Record<number, ProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  401: 'AUTHENTICATION_REQUIRED',
  403: 'FORBIDDEN',
  404: 'ROUTE_NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'SERVICE_UNAVAILABLE',
};

/** Converts every error to a problem document (RFC 9457), whose texts are constant per code. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { code, extensions } = this.refusalOf(error);
    const correlationId = correlationIdOf(request);
    const status: number = PROBLEM_STATUS[code];
    const isTooEarly = error instanceof DomainError && status === 503 && error.cause === undefined;
    if (status >= 500 && !isTooEarly) this.logger.failure('request_failed', error, { correlationId, code });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const [name, value] of Object.entries(headersOf({ code, extensions }))) response.setHeader(name, value);
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:lethe:problem:${code.toLowerCase().replaceAll('_', '-')}`,
          title: code.toLowerCase().replaceAll('_', ' '),
          status,
          detail: PROBLEM_DETAIL[code],
          // not request.path, which is relative to the router that failed
          instance: request.originalUrl.split(/[?#]/, 1)[0],
          code,
          correlationId,
          ...extensions,
        }),
      );
  }

  private refusalOf(error: unknown): Refusal {
    if (error instanceof DomainError && isProblemCode(error.code))
      return { code: error.code, extensions: error.extensions };
    if (error instanceof HttpException) return { code: HTTP_CODES[error.getStatus()] ?? 'INTERNAL_ERROR' };
    const state = databaseCodeOf(error);
    if (state !== null && state in SQL_STATES) return { code: SQL_STATES[state]! };
    if (isTransient(error)) return { code: 'SERVICE_UNAVAILABLE' };
    const source = error as { status?: unknown; type?: unknown } | null | undefined;
    // body-parser does not throw HttpExceptions
    if (typeof source?.type === 'string' && typeof source.status === 'number')
      return { code: HTTP_CODES[source.status] ?? 'MALFORMED_REQUEST' };
    return { code: 'INTERNAL_ERROR' };
  }
}

/** Headers that HTTP requires for the status. */
function headersOf({ code, extensions }: Refusal): Record<string, string> {
  const status: number = PROBLEM_STATUS[code];
  if (status === 401) return { 'WWW-Authenticate': 'Bearer' };
  if (status === 429 || status === 503)
    return { 'Retry-After': String(Number(extensions?.retryAfterSeconds ?? RETRY_AFTER_SECONDS)) };
  return {};
}
