import { Command } from '@nestjs/cqrs';
import type { StoredServiceContract } from '../../records/service-contract.record';

/** Signs a drafted contract and returns it. */
export class SignServiceContract extends Command<StoredServiceContract> {
  constructor(readonly contractId: string) {
    super();
  }
}
