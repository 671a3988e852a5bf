import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { EmployeeRegister } from '../../employee-register';
import type { EmployeeResponse } from '../../employee.response';
import { Passwords } from '../../passwords/passwords';
import { CreateEmployee } from './create-employee.command';

@CommandHandler(CreateEmployee)
export class CreateEmployeeHandler implements ICommandHandler<CreateEmployee> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly register: EmployeeRegister,
    private readonly passwords: Passwords,
  ) {}

  async execute({ attributes: { password, ...attributes }, actor }: CreateEmployee): Promise<EmployeeResponse> {
    const passwordHash = await this.passwords.hash(password);
    const id = await this.transaction.run(() => this.register.add({ ...attributes, passwordHash }, actor));
    if (id === null) throw new DomainError('USERNAME_TAKEN');
    return { id, ...attributes, active: true };
  }
}
