import { CustomerRecords } from '../../records';
import { careCases } from './care-case.record';

export class CareCasesController extends CustomerRecords(careCases) {}
