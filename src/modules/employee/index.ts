export { BootstrapEmployees, type BootstrapResult } from './bootstrap-employees';
export { EmployeeModule } from './employee.module';
