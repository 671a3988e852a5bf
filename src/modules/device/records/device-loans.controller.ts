import { CustomerRecords } from '../../records';
import { deviceLoans } from './device-loan.record';

export class DeviceLoansController extends CustomerRecords(deviceLoans) {}
