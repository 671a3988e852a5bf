import { Command } from '@nestjs/cqrs';
import type { StoredServiceContract } from '../../records/service-contract.record';

/** A drafted contract is signed; answers with it. */
export class SignServiceContract extends Command<StoredServiceContract> {
  constructor(readonly contractId: string) {
    super();
  }
}
