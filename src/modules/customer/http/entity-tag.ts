import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError } from '../../../kernel/domain-error';

/** A customer's version as an ETag (RFC 9110 section 8.8.3). */
export const entityTagOf = ({ version }: { readonly version: number }): string => `"${version}"`;

const STRONG_TAG = /^\s*"(\d{1,9})"\s*$/;

/**
 * The version that `If-Match` names. `*` names none, and whoever changes a customer has to have seen what is
 * overwritten.
 *
 * @throws DomainError `VERSION_REQUIRED` without one, `VERSION_STALE` when it is no tag of ours and so cannot match
 */
export function versionIn(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch.trim() === '' || ifMatch.trim() === '*')
    throw new DomainError('VERSION_REQUIRED');
  const version = STRONG_TAG.exec(ifMatch)?.[1];
  if (version === undefined) throw new DomainError('VERSION_STALE');
  return Number(version);
}

/** {@link versionIn} of the request, as a parameter of a route. */
export const ExpectedVersion = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  versionIn(context.switchToHttp().getRequest<Request>().get('If-Match')),
);
