import { Query } from '@nestjs/cqrs';
import type { Page } from '../../../../platform/http/page';
import type { EmployeeResponse } from '../../employee.response';

/** Lists employees in the order of their creation. */
export class ListEmployees extends Query<Page<EmployeeResponse>> {
  constructor(
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}
