import { Command } from '@nestjs/cqrs';
import type { BusinessDate } from '../../../../kernel/business-date';
import type { StoredServiceContract } from '../../records/service-contract.record';

/** Terminates a running contract, with the given day as its last, and returns it. */
export class TerminateServiceContract extends Command<StoredServiceContract> {
  constructor(
    readonly contractId: string,
    readonly effectiveOn: BusinessDate,
  ) {
    super();
  }
}
