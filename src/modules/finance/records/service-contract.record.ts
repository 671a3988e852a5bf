import { OmitType } from '@nestjs/swagger';
import { defineActionableRecord, type StoredRecord } from '../../records';
import { ServiceContract } from '../entities/service-contract.entity';
import { effectiveEndOf } from './contract-term';

export class AddServiceContractRequest extends OmitType(ServiceContract, ['id', 'customerId'] as const) {}

interface Shown {
  readonly effectiveEnd: string | null;
}

export type StoredServiceContract = StoredRecord<AddServiceContractRequest, Shown>;

export const serviceContracts = defineActionableRecord<AddServiceContractRequest, Shown>('SERVICE_CONTRACT_NOT_FOUND', {
  name: 'ServiceContract',
  path: 'service-contracts',
  entity: ServiceContract,
  request: AddServiceContractRequest,
  series: { sequence: 'service_contract_number', prefix: 'S-' },
  extras: {
    effectiveEnd: {
      sql: `CASE WHEN isfinite(${effectiveEndOf('t')}) THEN ${effectiveEndOf('t')} END`,
      schema: {
        type: String,
        format: 'date',
        nullable: true,
        description: 'last day in force of a signed contract; null if it has no end or is void',
      },
    },
  },
});
