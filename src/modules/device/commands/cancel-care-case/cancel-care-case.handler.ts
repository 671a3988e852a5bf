import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { careCases, type StoredCareCase } from '../../records/care-case.record';
import { CancelCareCase } from './cancel-care-case.command';

@CommandHandler(CancelCareCase)
export class CancelCareCaseHandler implements ICommandHandler<CancelCareCase> {
  constructor(private readonly records: LockedRecords) {}

  execute({ careCaseId, on }: CancelCareCase): Promise<StoredCareCase> {
    return this.records.change(careCases, careCaseId, ({ status }, { today }) => {
      if (status !== 'OPEN') throw new DomainError('CARE_CASE_CLOSED');
      return { status: 'CANCELLED', closedOn: on ?? today } as const;
    });
  }
}
