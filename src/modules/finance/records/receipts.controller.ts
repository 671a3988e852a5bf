import { CustomerRecords } from '../../records';
import { receipts } from './receipt.record';

export class ReceiptsController extends CustomerRecords(receipts) {}
