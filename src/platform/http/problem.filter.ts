import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError, type ErrorExtensions } from '../../kernel/domain-error';
import { Logger } from '../logging/logger';
import { correlationIdOf } from './correlation-id.middleware';
import { isProblemCode, PROBLEM_DETAIL, PROBLEM_STATUS, type ProblemCode } from './problem';

interface Refusal {
  readonly code: ProblemCode;
  readonly extensions?: ErrorExtensions;
}

/** SQLSTATEs that say something the caller can act on. */
const SQL_STATES: Readonly<Record<string, ProblemCode>> = {
  AN001: 'CUSTOMER_ANONYMIZED',
  '55P03': 'CUSTOMER_LOCKED',
  '57P01': 'SERVICE_UNAVAILABLE',
  '57P02': 'SERVICE_UNAVAILABLE',
  '57P03': 'SERVICE_UNAVAILABLE',
  '53300': 'SERVICE_UNAVAILABLE',
  ECONNREFUSED: 'SERVICE_UNAVAILABLE',
  ECONNRESET: 'SERVICE_UNAVAILABLE',
};

const HTTP_CODES: Readonly<Record<number, ProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  401: 'AUTHENTICATION_REQUIRED',
  403: 'FORBIDDEN',
  404: 'ROUTE_NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'SERVICE_UNAVAILABLE',
};

/** Turns every error into a problem document (RFC 9457) whose texts are constant per code. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { code, extensions } = this.refusalOf(error);
    const correlationId = correlationIdOf(request);
    if (PROBLEM_STATUS[code] >= 500) this.logger.failure('request_failed', error, { correlationId, code });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .status(PROBLEM_STATUS[code])
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:lethe:problem:${code.toLowerCase().replaceAll('_', '-')}`,
          title: code.toLowerCase().replaceAll('_', ' '),
          status: PROBLEM_STATUS[code],
          detail: PROBLEM_DETAIL[code],
          instance: request.path,
          code,
          correlationId,
          ...extensions,
        }),
      );
  }

  private refusalOf(error: unknown): Refusal {
    if (error instanceof DomainError && isProblemCode(error.code)) return { code: error.code, extensions: error.extensions };
    if (error instanceof HttpException) return { code: HTTP_CODES[error.getStatus()] ?? 'INTERNAL_ERROR' };
    const source = ((error as { driverError?: unknown } | null)?.driverError ?? error) as { code?: string; status?: number; type?: string };
    if (source.code !== undefined && source.code in SQL_STATES) return { code: SQL_STATES[source.code]! };
    // body-parser's errors are no HttpExceptions
    if (typeof source.type === 'string' && typeof source.status === 'number') return { code: HTTP_CODES[source.status] ?? 'MALFORMED_REQUEST' };
    return { code: 'INTERNAL_ERROR' };
  }
}
