import { DateColumn, defineActionableRecord, RequiredTextColumn, type StoredRecord } from '../../records';
import { CardRules } from './card-rules';

export class AddCardRequest {
  @RequiredTextColumn() readonly number: string;
  @DateColumn() readonly validUntil?: string | null;
  @DateColumn() readonly invalidatedOn?: string | null;
}

export type StoredCard = StoredRecord<AddCardRequest>;

export const cards = defineActionableRecord('CARD_NOT_FOUND', {
  name: 'Card',
  path: 'cards',
  table: 'customer_card',
  request: AddCardRequest,
  unique: { customer_card_number_key: 'number' },
  rules: CardRules,
});
