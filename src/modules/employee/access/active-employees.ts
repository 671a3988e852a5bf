import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor';
import { EmployeeDirectory } from '../../../platform/auth/employee-directory';
import { TransactionRunner } from '../../../platform/database/transaction-runner';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Looks employees up with one statement on the primary key per request, outside of a transaction. */
@Injectable()
export class ActiveEmployees extends EmployeeDirectory {
  constructor(private readonly transaction: TransactionRunner) {
    super();
  }

  async findActive(employeeId: string, tokenIssuedAt: Date): Promise<Actor | null> {
    if (!UUID.test(employeeId)) return null;
    const [actor] = await this.transaction.readAlone<Actor>(
      `SELECT id, display_name AS "displayName", role FROM employee
       WHERE id = $1 AND active AND (password_changed_at IS NULL OR password_changed_at <= $2)`,
      [employeeId, tokenIssuedAt],
    );
    return actor ?? null;
  }
}
