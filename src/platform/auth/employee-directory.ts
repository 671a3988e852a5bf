import type { Actor } from './actor';

/** Port to the employees, so that the platform does not depend on the module that stores them. */
export abstract class EmployeeDirectory {
  /**
   * The active employee to whom a token was issued at this instant; null when there is none, when the employee is
   * locked, or when the password was changed since. Called on every request, so that a role change or a lock takes
   * effect immediately.
   */
  abstract findActive(employeeId: string, tokenIssuedAt: Date): Promise<Actor | null>;
}
