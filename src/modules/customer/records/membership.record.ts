import { COST_BEARER, DateColumn, defineRecord, RequiredReferenceColumn, TextColumn } from '../../records';

export class AddMembershipRequest {
  @RequiredReferenceColumn(COST_BEARER) readonly costBearerIk: string;
  @TextColumn() readonly memberNumber?: string | null;
  @TextColumn() readonly insuredStatus?: string | null;
  @TextColumn() readonly mainInsuredPerson?: string | null;
  @DateColumn() readonly validFrom?: string | null;
  @DateColumn() readonly validTo?: string | null;
}

export const memberships = defineRecord({
  name: 'Membership',
  path: 'memberships',
  table: 'cost_bearer_membership',
  request: AddMembershipRequest,
});
