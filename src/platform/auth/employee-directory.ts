import type { Actor } from './actor';

/** Port to the employees, so that the platform does not depend on the module that stores them. */
export abstract class EmployeeDirectory {
  /**
   * Returns the active employee to whom a token was issued at this instant. Returns null when the employee does not
   * exist or is locked, or when the password has changed since. Called on every request, so that a role change or a
   * lock takes effect immediately.
   */
  abstract findActive(employeeId: string, tokenIssuedAt: Date): Promise<Actor | null>;
}
