import { Command } from '@nestjs/cqrs';
import type { BusinessDate } from '../../../../kernel/business-date';
import type { StoredEnrollment } from '../../records/enrollment.record';

/** Ends an enrollment, with the given day as its last, and returns it. */
export class EndEnrollment extends Command<StoredEnrollment> {
  constructor(
    readonly enrollmentId: string,
    /** defaults to today */
    readonly on?: BusinessDate | null,
  ) {
    super();
  }
}
