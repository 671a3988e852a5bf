import { Command } from '@nestjs/cqrs';
import type { BusinessDate } from '../../../../kernel/business-date';
import type { StoredServiceContract } from '../../records/service-contract.record';

/** Terminates a running contract as of a day, which is its last one; answers with it. */
export class TerminateServiceContract extends Command<StoredServiceContract> {
  constructor(
    readonly contractId: string,
    readonly effectiveOn: BusinessDate,
  ) {
    super();
  }
}
