import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { actorOf } from '../../auth/actor';
import { invalid } from '../validation.pipe';

/** Identifies one request of one employee on one route. A repetition must have an equal `request`. */
export interface IdempotencyKey {
  readonly employeeId: string;
  readonly route: string;
  readonly key: string;
  readonly request: unknown;
}

const KEY = /^[\x21-\x7e]{1,200}$/;

/** The `Idempotency-Key` header as an {@link IdempotencyKey}, or null without one. */
export const Idempotency = createParamDecorator((_: unknown, context: ExecutionContext): IdempotencyKey | null => {
  const request = context.switchToHttp().getRequest<Request>();
  const key = request.get('Idempotency-Key');
  if (key === undefined) return null;
  if (!KEY.test(key)) throw invalid('Idempotency-Key', 'IS_IDEMPOTENCY_KEY');
  const route = `${request.method} ${(request.route as { path: string }).path}`;
  return {
    employeeId: actorOf(request).id,
    route,
    key,
    request: { params: { ...request.params }, body: request.body as unknown },
  };
});
