import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { serviceContracts, type StoredServiceContract } from '../../records/service-contract.record';
import { TerminateServiceContract } from './terminate-service-contract.command';

@CommandHandler(TerminateServiceContract)
export class TerminateServiceContractHandler implements ICommandHandler<TerminateServiceContract> {
  constructor(private readonly records: LockedRecords) {}

  execute({ contractId, effectiveOn }: TerminateServiceContract): Promise<StoredServiceContract> {
    return this.records.change(serviceContracts, contractId, ({ status, voidedOn, effectiveEnd }, { today }) => {
      if (voidedOn !== null) throw new DomainError('CONTRACT_VOIDED');
      if (status === 'DRAFT') throw new DomainError('CONTRACT_NOT_SIGNED');
      if (effectiveEnd !== null && effectiveEnd < today) throw new DomainError('CONTRACT_ENDED');
      return { terminationEffectiveOn: effectiveOn };
    });
  }
}
