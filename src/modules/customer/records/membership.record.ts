import { OmitType } from '@nestjs/swagger';
import { defineRecord } from '../../records';
import { CostBearerMembership } from '../entities/cost-bearer-membership.entity';

export class AddMembershipRequest extends OmitType(CostBearerMembership, ['id', 'customerId'] as const) {}

export const memberships = defineRecord({
  name: 'Membership',
  path: 'memberships',
  entity: CostBearerMembership,
  request: AddMembershipRequest,
});
