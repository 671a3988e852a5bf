import { CustomerRecords } from '../../records';
import { insuranceCards } from './insurance-card.record';

export class InsuranceCardsController extends CustomerRecords(insuranceCards) {}
