import { CustomerRecords } from '../../records';
import { quotes } from './quote.record';

export class QuotesController extends CustomerRecords(quotes) {}
