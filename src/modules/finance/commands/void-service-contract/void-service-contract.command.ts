import { Command } from '@nestjs/cqrs';
import type { StoredServiceContract } from '../../records/service-contract.record';

/** Voids a contract as if it had never been in force, and returns it. */
export class VoidServiceContract extends Command<StoredServiceContract> {
  constructor(readonly contractId: string) {
    super();
  }
}
