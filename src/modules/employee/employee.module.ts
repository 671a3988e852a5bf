import { Global, Module } from '@nestjs/common';
import { AccessRefusals } from '../../platform/auth/access-refusals';
import { EmployeeDirectory } from '../../platform/auth/employee-directory';
import { ActiveEmployees } from './access/active-employees';
import { AuditedAccessRefusals } from './access/audited-access-refusals';
import { BootstrapEmployees } from './bootstrap-employees';
import { ChangeEmployeeController } from './commands/change-employee/change-employee.controller';
import { ChangeEmployeeHandler } from './commands/change-employee/change-employee.handler';
import { ChangePasswordController } from './commands/change-password/change-password.controller';
import { ChangePasswordHandler } from './commands/change-password/change-password.handler';
import { CreateEmployeeController } from './commands/create-employee/create-employee.controller';
import { CreateEmployeeHandler } from './commands/create-employee/create-employee.handler';
import { LogInController } from './commands/log-in/log-in.controller';
import { LogInHandler } from './commands/log-in/log-in.handler';
import { EmployeeRegister } from './employee-register';
import { Credentials } from './passwords/credentials';
import { FailedAttempts } from './passwords/failed-attempts';
import { Passwords } from './passwords/passwords';
import { GetCurrentEmployeeController } from './queries/get-current-employee/get-current-employee.controller';
import { GetCurrentEmployeeHandler } from './queries/get-current-employee/get-current-employee.handler';
import { ListEmployeesController } from './queries/list-employees/list-employees.controller';
import { ListEmployeesHandler } from './queries/list-employees/list-employees.handler';

/** Staff of the chain: who may log in, as what, and with which password. Global, because the access guard asks it on every request. */
@Global()
@Module({
  controllers: [
    LogInController,
    GetCurrentEmployeeController,
    ChangePasswordController,
    ListEmployeesController,
    CreateEmployeeController,
    ChangeEmployeeController,
  ],
  providers: [
    LogInHandler,
    GetCurrentEmployeeHandler,
    ChangePasswordHandler,
    ListEmployeesHandler,
    CreateEmployeeHandler,
    ChangeEmployeeHandler,
    Passwords,
    FailedAttempts,
    Credentials,
    EmployeeRegister,
    BootstrapEmployees,
    { provide: EmployeeDirectory, useClass: ActiveEmployees },
    { provide: AccessRefusals, useClass: AuditedAccessRefusals },
  ],
  exports: [EmployeeDirectory, AccessRefusals, BootstrapEmployees],
})
export class EmployeeModule {}
