export { BootstrapEmployees, type BootstrapResult } from './bootstrap-employees';
export { EmployeeModule } from './employee.module';
export { ACTIVE_ADMINISTRATORS } from './published';
export { isActiveAdministrator } from './queries/find-employees.queries';
export { LogIn } from './commands/log-in/log-in.command';
