import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { serviceContracts, type StoredServiceContract } from '../../records/service-contract.record';
import { SignServiceContract } from './sign-service-contract.command';

@CommandHandler(SignServiceContract)
export class SignServiceContractHandler implements ICommandHandler<SignServiceContract> {
  constructor(private readonly records: LockedRecords) {}

  execute({ contractId }: SignServiceContract): Promise<StoredServiceContract> {
    return this.records.change(serviceContracts, contractId, ({ status, voidedOn }) => {
      if (voidedOn !== null) throw new DomainError('CONTRACT_VOIDED');
      if (status === 'SIGNED') throw new DomainError('CONTRACT_NOT_DRAFT');
      return { status: 'SIGNED' } as const;
    });
  }
}
