import { Injectable } from '@nestjs/common';
import { startOfDay } from '../../platform/clock/day-bounds';
import { LetheConfig } from '../../platform/config/lethe-config';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { invalid } from '../../platform/http/validation.pipe';
import { type SelectionCriteria, whereCriteria } from './selection-criteria';

/** Translates criteria into a condition on `customer c`. */
@Injectable()
export class SelectionConditions {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly config: LetheConfig,
  ) {}

  /**
   * @param first number of the first placeholder
   * @param place path of the criteria in the request, such as `criteria.`
   * @throws DomainError `VALIDATION_FAILED` for an unknown branch
   */
  async of(criteria: SelectionCriteria, first: number, place = ''): Promise<ReturnType<typeof whereCriteria>> {
    await this.requireBranch(criteria.branchCode, `${place}branchCode`);
    return whereCriteria(criteria, first, (day) => startOfDay(day, this.config.timeZone));
  }

  /** Refuses an unknown branch, which would otherwise look like a branch without customers. */
  private async requireBranch(code: string | undefined, field: string): Promise<void> {
    if (code === undefined) return;
    const found = await this.transaction.query('SELECT FROM branch WHERE code = $1', [code]);
    if (found.length === 0) throw invalid(field, 'UNKNOWN_REFERENCE');
  }
}
