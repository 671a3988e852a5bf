import type { Request } from 'express';
import type { AccessTokens } from './access-token';
import type { Actor } from './actor';
import type { EmployeeDirectory } from './employee-directory';

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** The active employee who bears the request's token, or null. */
export async function bearerOf(
  request: Request,
  tokens: AccessTokens,
  employees: EmployeeDirectory,
): Promise<Actor | null> {
  const token = BEARER.exec(request.get('Authorization') ?? '')?.[1];
  const bearer = token === undefined ? null : await tokens.verify(token);
  return bearer && employees.findActive(bearer.employeeId, bearer.issuedAt);
}
