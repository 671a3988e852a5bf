import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { serviceContracts, type StoredServiceContract } from '../../records/service-contract.record';
import { VoidServiceContract } from './void-service-contract.command';

@CommandHandler(VoidServiceContract)
export class VoidServiceContractHandler implements ICommandHandler<VoidServiceContract> {
  constructor(private readonly records: LockedRecords) {}

  execute({ contractId }: VoidServiceContract): Promise<StoredServiceContract> {
    return this.records.change(serviceContracts, contractId, ({ voidedOn }, { today }) => {
      if (voidedOn !== null) throw new DomainError('CONTRACT_VOIDED');
      return { voidedOn: today };
    });
  }
}
