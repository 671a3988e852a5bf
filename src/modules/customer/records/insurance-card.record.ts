import { OmitType } from '@nestjs/swagger';
import { defineRecord } from '../../records';
import { HealthInsuranceCard } from '../entities/health-insurance-card.entity';

export class AddInsuranceCardRequest extends OmitType(HealthInsuranceCard, ['id', 'customerId'] as const) {}

export const insuranceCards = defineRecord({
  name: 'InsuranceCard',
  path: 'insurance-cards',
  entity: HealthInsuranceCard,
  request: AddInsuranceCardRequest,
});
