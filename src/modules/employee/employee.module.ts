import { Global, Module } from '@nestjs/common';
import { AccessRefusals } from '../../platform/auth/access-refusals';
import { EmployeeDirectory } from '../../platform/auth/employee-directory';
import { BrowserSessions } from '../../platform/auth/browser-sessions';
import { ActiveEmployees } from './access/active-employees';
import { AuditedAccessRefusals } from './access/audited-access-refusals';
import { BootstrapEmployees } from './bootstrap-employees';
import { BeginSessionController } from './commands/begin-session/begin-session.controller';
import { BeginSessionHandler } from './commands/begin-session/begin-session.handler';
import { ChangeEmployeeController } from './commands/change-employee/change-employee.controller';
import { ChangeEmployeeHandler } from './commands/change-employee/change-employee.handler';
import { ChangePasswordController } from './commands/change-password/change-password.controller';
import { ChangePasswordHandler } from './commands/change-password/change-password.handler';
import { ConfirmSessionController } from './commands/confirm-session/confirm-session.controller';
import { ConfirmSessionHandler } from './commands/confirm-session/confirm-session.handler';
import { CreateEmployeeController } from './commands/create-employee/create-employee.controller';
import { CreateEmployeeHandler } from './commands/create-employee/create-employee.handler';
import { EndSessionController } from './commands/end-session/end-session.controller';
import { EndSessionHandler } from './commands/end-session/end-session.handler';
import { LogInController } from './commands/log-in/log-in.controller';
import { LogInHandler } from './commands/log-in/log-in.handler';
import { EmployeeRegister } from './employee-register';
import { Credentials } from './passwords/credentials';
import { FailedAttempts } from './passwords/failed-attempts';
import { Logins } from './passwords/logins';
import { Passwords } from './passwords/passwords';
import { GetCurrentEmployeeController } from './queries/get-current-employee/get-current-employee.controller';
import { GetCurrentEmployeeHandler } from './queries/get-current-employee/get-current-employee.handler';
import { GetSessionController } from './queries/get-session/get-session.controller';
import { ListEmployeesController } from './queries/list-employees/list-employees.controller';
import { ListEmployeesHandler } from './queries/list-employees/list-employees.handler';

import { StoredSessions } from './sessions/stored-sessions';

/** Employees of the shops: logins, roles and passwords. Global, because the access guard needs it on every request. */
@Global()
@Module({
  controllers: [
    LogInController,
    BeginSessionController,
    GetSessionController,
    ConfirmSessionController,
    EndSessionController,
    GetCurrentEmployeeController,
    ChangePasswordController,
    ListEmployeesController,
    CreateEmployeeController,
    ChangeEmployeeController,
  ],
  providers: [
    LogInHandler,
    BeginSessionHandler,
    ConfirmSessionHandler,
    EndSessionHandler,
    GetCurrentEmployeeHandler,
    ChangePasswordHandler,
    ListEmployeesHandler,
    CreateEmployeeHandler,
    ChangeEmployeeHandler,
    Passwords,
    FailedAttempts,
    Credentials,
    Logins,
    StoredSessions,
    EmployeeRegister,
    BootstrapEmployees,
    { provide: EmployeeDirectory, useClass: ActiveEmployees },
    { provide: BrowserSessions, useExisting: StoredSessions },
    { provide: AccessRefusals, useClass: AuditedAccessRefusals },
  ],
  exports: [EmployeeDirectory, BrowserSessions, AccessRefusals, BootstrapEmployees],
})
export class EmployeeModule {}
