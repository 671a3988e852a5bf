import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { EmployeeResponse } from '../../employee.response';
import { Employee } from '../../entities/employee.entity';
import { GetCurrentEmployee } from './get-current-employee.query';

@QueryHandler(GetCurrentEmployee)
export class GetCurrentEmployeeHandler implements IQueryHandler<GetCurrentEmployee> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ employeeId }: GetCurrentEmployee): Promise<EmployeeResponse> {
    const employee = await this.transaction.run(() =>
      this.transaction.repository(Employee).findOneByOrFail({ id: employeeId }),
    );
    return EmployeeResponse.of(employee);
  }
}
