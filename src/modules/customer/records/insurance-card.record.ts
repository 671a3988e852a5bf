import { COST_BEARER, DateColumn, defineRecord, RequiredReferenceColumn, TextColumn } from '../../records';

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
