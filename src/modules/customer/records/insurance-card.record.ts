import { COST_BEARER, DateColumn, RequiredReferenceColumn, TextColumn } from './record-columns';
import { defineRecord } from './record-definition';

export class AddInsuranceCardRequest {
  @RequiredReferenceColumn(COST_BEARER) readonly costBearerIk: string;
  @TextColumn() readonly insuredNumber?: string | null;
  @TextColumn() readonly cardHolder?: string | null;
  @DateColumn() readonly validUntil?: string | null;
}

export const insuranceCards = defineRecord({
  name: 'InsuranceCard',
  path: 'insurance-cards',
  table: 'health_insurance_card',
  request: AddInsuranceCardRequest,
});
