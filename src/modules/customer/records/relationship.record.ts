import { RelationshipRules } from './relationship-rules';
import { defineRecord, RequiredReferenceColumn, RequiredTextColumn } from '../../records';

export class AddRelationshipRequest {
  @RequiredReferenceColumn({ table: 'customer', key: 'customer_number', as: 'related_customer_id' })
  readonly relatedCustomerNumber: string;

  @RequiredTextColumn() readonly kind: string;
}

export const relationships = defineRecord({
  name: 'Relationship',
  path: 'relationships',
  table: 'relationship',
  request: AddRelationshipRequest,
  unique: { relationship_customer_id_related_customer_id_kind_key: 'relatedCustomerNumber' },
  rules: RelationshipRules,
});
