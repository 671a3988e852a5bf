import { Command } from '@nestjs/cqrs';
import type { BusinessDate } from '../../../../kernel/business-date';
import type { StoredCareCase } from '../../records/care-case.record';

/** Cancels an open care case; answers with it. */
export class CancelCareCase extends Command<StoredCareCase> {
  constructor(
    readonly careCaseId: string,
    /** today, when left out */
    readonly on?: BusinessDate | null,
  ) {
    super();
  }
}
