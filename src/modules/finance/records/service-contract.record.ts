import {
  BooleanColumn,
  DateColumn,
  defineActionableRecord,
  NumberColumn,
  OneOfColumn,
  RequiredDateColumn,
  type StoredRecord,
  TextColumn,
} from '../../customer';
import { effectiveEndOf } from './contract-term';
import { CONTRACT_STATUSES, type ContractStatus } from '../entities/service-contract.entity';

const LONGEST_NOTE = 2_000;

export class AddServiceContractRequest {
  @NumberColumn() readonly number?: string | null;
  @OneOfColumn(CONTRACT_STATUSES) readonly status: ContractStatus;
  @RequiredDateColumn() readonly startsOn: string;
  @DateColumn() readonly endsOn?: string | null;
  @BooleanColumn(false) readonly autoRenew?: boolean | null;
  @DateColumn() readonly terminationEffectiveOn?: string | null;
  @DateColumn() readonly voidedOn?: string | null;
  @TextColumn() readonly title?: string | null;
  @TextColumn(LONGEST_NOTE) readonly note?: string | null;
}

interface Shown {
  readonly effectiveEnd: string | null;
}

export type StoredServiceContract = StoredRecord<AddServiceContractRequest, Shown>;

export const serviceContracts = defineActionableRecord<AddServiceContractRequest, Shown>('SERVICE_CONTRACT_NOT_FOUND', {
  name: 'ServiceContract',
  path: 'service-contracts',
  table: 'service_contract',
  request: AddServiceContractRequest,
  unique: { service_contract_number_key: 'number' },
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
