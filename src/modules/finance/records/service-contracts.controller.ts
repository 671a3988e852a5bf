import { CustomerRecords } from '../../records';
import { serviceContracts } from './service-contract.record';

export class ServiceContractsController extends CustomerRecords(serviceContracts) {}
