import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { careCases, type StoredCareCase } from '../../records/care-case.record';
import { CompleteCareCase } from './complete-care-case.command';

@CommandHandler(CompleteCareCase)
export class CompleteCareCaseHandler implements ICommandHandler<CompleteCareCase> {
  constructor(private readonly records: LockedRecords) {}

  execute({ careCaseId, on }: CompleteCareCase): Promise<StoredCareCase> {
    return this.records.change(careCases, careCaseId, ({ status }, { today }) => {
      if (status !== 'OPEN') throw new DomainError('CARE_CASE_CLOSED');
      return { status: 'COMPLETED', closedOn: on ?? today } as const;
    });
  }
}
