import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension, ApiResponse } from '@nestjs/swagger';
import type { Role } from '../../kernel/role';
import { apiProblem } from '../http/problem-document';

/** Metadata key of a route's {@link Policy}, on its handler. */
export const POLICY = 'lethe:policy';

/** OpenAPI name of the login by browser session. */
export const SESSION_SCHEME = 'session';

/** Who may call a route. Every request to a route without a policy is refused. */
export type Policy =
  | { readonly kind: 'PUBLIC' }
  | { readonly kind: 'ANY_ROLE' }
  | { readonly kind: 'ROLES'; readonly roles: readonly Role[] };

/** Admits employees with one of these roles, and documents them in OpenAPI (`x-roles`). */
export const Authorize = (first: Role, ...further: Role[]) => {
  const roles = [first, ...further];
  return applyDecorators(
    policy({ kind: 'ROLES', roles }),
    ApiExtension('x-roles', roles),
    ...withLogin(),
    ApiResponse(apiProblem(403, `FORBIDDEN: only ${roles.join(', ')}; audited`)),
  );
};

/** Admits every employee who is signed in. */
export const AnyRole = () => applyDecorators(policy({ kind: 'ANY_ROLE' }), ...withLogin());

/** Admits every request, signed in or not. */
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

const withLogin = () => [
  ApiBearerAuth(),
  ApiCookieAuth(SESSION_SCHEME),
  ApiResponse(apiProblem(401, 'AUTHENTICATION_REQUIRED')),
  ApiResponse(apiProblem('default', 'any other problem')),
];

/** Sets the policy of a route. Throws on a second policy, which would silently replace the first. */
const policy =
  (value: Policy): MethodDecorator =>
  (_target, name, descriptor) => {
    const handler = descriptor.value as object;
    if (Reflect.hasOwnMetadata(POLICY, handler)) throw new Error(`Route ${String(name)} has two policies`);
    Reflect.defineMetadata(POLICY, value, handler);
  };
