import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CUSTOMERS } from '../../../customer';
import { SelectionConditions } from '../../selection-conditions';
import { CountSelected } from './count-selected.query';

@QueryHandler(CountSelected)
export class CountSelectedHandler implements IQueryHandler<CountSelected> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly conditions: SelectionConditions,
  ) {}

  execute({ criteria }: CountSelected): Promise<number> {
    return this.transaction.run(async () => {
      const { condition, parameters } = await this.conditions.buildConditions(criteria, 1);
      const row = await this.transaction.one<{ count: number }>(
        `SELECT count(*)::float8 AS count FROM ${CUSTOMERS} c WHERE ${condition}`,
        parameters,
      );
      return row.count;
    });
  }
}
