import { OmitType } from '@nestjs/swagger';
import { defineRecord } from '../../records';
import { Relationship } from '../entities/relationship.entity';

export class AddRelationshipRequest extends OmitType(Relationship, ['id', 'customerId'] as const) {}

export const relationships = defineRecord({
  name: 'Relationship',
  path: 'relationships',
  entity: Relationship,
  request: AddRelationshipRequest,
});
