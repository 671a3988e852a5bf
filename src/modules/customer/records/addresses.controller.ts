import { CustomerRecords } from '../../records';
import { addresses } from './address.record';

export class AddressesController extends CustomerRecords(addresses) {}
