import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { type Actor, actorOf } from './actor';

/** The {@link Actor} of the request, as a parameter of a route that is not public. */
export const CurrentEmployee = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<Request>()),
);
