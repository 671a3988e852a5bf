import { Query } from '@nestjs/cqrs';
import type { EmployeeResponse } from '../../employee.response';

export class GetCurrentEmployee extends Query<EmployeeResponse> {
  constructor(readonly employeeId: string) {
    super();
  }
}
