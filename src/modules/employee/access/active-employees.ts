import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../../platform/auth/actor';
import { EmployeeDirectory } from '../../../platform/auth/employee-directory';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One statement on the primary key per request, outside of any transaction. */
@Injectable()
export class ActiveEmployees extends EmployeeDirectory {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async findActive(employeeId: string, tokenIssuedAt: Date): Promise<Actor | null> {
    if (!UUID.test(employeeId)) return null;
    const [actor] = await this.dataSource.query<Actor[]>(
      `SELECT id, display_name AS "displayName", role FROM employee
       WHERE id = $1 AND active AND (password_changed_at IS NULL OR password_changed_at <= $2)`,
      [employeeId, tokenIssuedAt],
    );
    return actor ?? null;
  }
}
