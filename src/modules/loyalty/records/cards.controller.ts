import { CustomerRecords } from '../../records';
import { cards } from './card.record';

export class CardsController extends CustomerRecords(cards) {}
