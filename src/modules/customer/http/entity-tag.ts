import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError } from '../../../kernel/domain-error';

/** A customer's version as an ETag (RFC 9110 section 8.8.3). */
export const entityTagOf = ({ version }: { readonly version: number }): string => `"${version}"`;

const STRONG_TAG = /^\s*"(\d{1,9})"\s*$/;

/**
 * Reads the version from `If-Match`. `*` is refused, because the client must have seen the version that it overwrites.
 *
 * @throws DomainError `VERSION_REQUIRED` without a version, `VERSION_STALE` for a tag that Lethe did not issue
 */
export function versionIn(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch.trim() === '' || ifMatch.trim() === '*')
    throw new DomainError('VERSION_REQUIRED');
  const version = STRONG_TAG.exec(ifMatch)?.[1];
  if (version === undefined) throw new DomainError('VERSION_STALE');
  return Number(version);
}

/** Route parameter with the request's {@link versionIn}. */
export const ExpectedVersion = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  versionIn(context.switchToHttp().getRequest<Request>().get('If-Match')),
);
