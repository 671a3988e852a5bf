import { Command } from '@nestjs/cqrs';
import type { BusinessDate } from '../../../../kernel/business-date';
import type { StoredEnrollment } from '../../records/enrollment.record';

/** Ends an enrollment as of a day, which is its last one; answers with it. */
export class EndEnrollment extends Command<StoredEnrollment> {
  constructor(
    readonly enrollmentId: string,
    /** today, when left out */
    readonly on?: BusinessDate | null,
  ) {
    super();
  }
}
