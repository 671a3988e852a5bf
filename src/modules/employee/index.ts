export { BootstrapEmployees, type BootstrapResult } from './bootstrap-employees';
export { EmployeeModule } from './employee.module';
export { LogIn } from './commands/log-in/log-in.command';
