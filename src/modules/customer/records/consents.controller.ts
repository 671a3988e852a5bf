import { CustomerRecords } from '../../records';
import { consents } from './consent.record';

export class ConsentsController extends CustomerRecords(consents) {}
