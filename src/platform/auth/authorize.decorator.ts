import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiResponse } from '@nestjs/swagger';
import type { Role } from '../../kernel/role';
import { apiProblem } from '../http/problem-document';

/** Metadata key of a route's {@link Policy}, on its handler. */
export const POLICY = 'lethe:policy';

/** Who may call a route. A route without a policy is refused to everybody. */
export type Policy =
  | { readonly kind: 'PUBLIC' }
  | { readonly kind: 'ANY_ROLE' }
  | { readonly kind: 'ROLES'; readonly roles: readonly Role[] };

/** Only employees with one of these roles; documents itself in OpenAPI (`x-roles`). */
export const Authorize = (first: Role, ...further: Role[]) => {
  const roles = [first, ...further];
  return applyDecorators(
    policy({ kind: 'ROLES', roles }),
    ApiExtension('x-roles', roles),
    ...withToken(),
    ApiResponse(apiProblem(403, `FORBIDDEN: only ${roles.join(', ')}; audited`)),
  );
};

/** Every employee with a valid token. */
export const AnyRole = () => applyDecorators(policy({ kind: 'ANY_ROLE' }), ...withToken());

/** Everybody, without a token. */
export const Public = () =>
  applyDecorators(policy({ kind: 'PUBLIC' }), ApiResponse(apiProblem('default', 'a problem')));

export function allows(policy: Policy, role: Role): boolean {
  switch (policy.kind) {
    case 'PUBLIC':
    case 'ANY_ROLE':
      return true;
    case 'ROLES':
      return policy.roles.includes(role);
  }
}

const withToken = () => [
  ApiBearerAuth(),
  ApiResponse(apiProblem(401, 'AUTHENTICATION_REQUIRED')),
  ApiResponse(apiProblem('default', 'any other problem')),
];

/** A second policy on the same route would silently replace the first one. */
const policy =
  (value: Policy): MethodDecorator =>
  (_target, name, descriptor) => {
    const handler = descriptor.value as object;
    if (Reflect.hasOwnMetadata(POLICY, handler)) throw new Error(`Route ${String(name)} has two policies`);
    Reflect.defineMetadata(POLICY, value, handler);
  };
