import { OmitType } from '@nestjs/swagger';
import { SearchIndex } from '../../customer';
import { defineActionableRecord, type StoredRecord } from '../../records';
import { CustomerCard } from '../entities/customer-card.entity';

export class AddCardRequest extends OmitType(CustomerCard, ['id', 'customerId'] as const) {}

export type StoredCard = StoredRecord<AddCardRequest>;

export const cards = defineActionableRecord('CARD_NOT_FOUND', {
  name: 'Card',
  path: 'cards',
  entity: CustomerCard,
  request: AddCardRequest,
  rules: SearchIndex,
});
