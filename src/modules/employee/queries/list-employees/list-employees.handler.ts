import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { MoreThan } from 'typeorm';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_UUID, type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { EmployeeResponse } from '../../employee.response';
import { Employee } from '../../entities/employee.entity';
import { ListEmployees } from './list-employees.query';

@QueryHandler(ListEmployees)
export class ListEmployeesHandler implements IQueryHandler<ListEmployees> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ limit, cursor }: ListEmployees): Promise<Page<EmployeeResponse>> {
    const after = sortKeyOf(cursor, [CURSOR_UUID])?.[0];
    const employees = await this.transaction.run(() =>
      this.transaction.repository(Employee).find({
        where: after === undefined ? {} : { id: MoreThan(after) },
        order: { id: 'ASC' },
        take: limit + 1,
      }),
    );
    return pageOf(
      employees,
      limit,
      ({ id }) => [id],
      (employee) => EmployeeResponse.of(employee),
    );
  }
}
