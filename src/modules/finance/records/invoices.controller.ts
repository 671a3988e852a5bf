import { CustomerRecords } from '../../records';
import { invoices } from './invoice.record';

export class InvoicesController extends CustomerRecords(invoices) {}
