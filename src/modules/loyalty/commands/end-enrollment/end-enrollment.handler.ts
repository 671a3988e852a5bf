import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { enrollments, type StoredEnrollment } from '../../records/enrollment.record';
import { EndEnrollment } from './end-enrollment.command';

@CommandHandler(EndEnrollment)
export class EndEnrollmentHandler implements ICommandHandler<EndEnrollment> {
  constructor(private readonly records: LockedRecords) {}

  execute({ enrollmentId, on }: EndEnrollment): Promise<StoredEnrollment> {
    return this.records.change(enrollments, enrollmentId, ({ endsOn }, { today }) => {
      if (endsOn !== null && endsOn < today) throw new DomainError('ENROLLMENT_ENDED');
      return { endsOn: on ?? today };
    });
  }
}
