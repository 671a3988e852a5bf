import { Command } from '@nestjs/cqrs';
import type { BusinessDate } from '../../../../kernel/business-date';
import type { StoredCareCase } from '../../records/care-case.record';

/** Cancels an open care case and returns it. */
export class CancelCareCase extends Command<StoredCareCase> {
  constructor(
    readonly careCaseId: string,
    /** defaults to today */
    readonly on?: BusinessDate | null,
  ) {
    super();
  }
}
