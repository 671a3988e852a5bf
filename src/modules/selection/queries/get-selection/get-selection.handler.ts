import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { presentSelection, SELECT_SELECTIONS, type SelectionRow } from '../selection-row';
import type { SelectionResponse } from '../../selection.response';
import { GetSelection } from './get-selection.query';

@QueryHandler(GetSelection)
export class GetSelectionHandler implements IQueryHandler<GetSelection> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ selectionId }: GetSelection): Promise<SelectionResponse> {
    const [row] = await this.transaction.queryAlone<SelectionRow>(`${SELECT_SELECTIONS} WHERE s.id = $1`, [
      selectionId,
    ]);
    if (row === undefined) throw new DomainError('SELECTION_NOT_FOUND');
    return presentSelection(row);
  }
}
