import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/business-date';
import { startOfDay } from '../../platform/clock/day-bounds';
import { LetheConfig } from '../../platform/config/lethe-config';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { requireBranchId } from '../branch';
import { DataMap } from '../data-map';
import { type SelectionCriteria, whereCriteria } from './selection-criteria';

/** Translates criteria into a condition on `customer c`. */
@Injectable()
export class SelectionConditions {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly config: LetheConfig,
    private readonly map: DataMap,
  ) {}

  /**
   * @param first number of the first placeholder
   * @param path path of the criteria in the request, such as `criteria.`
   * @throws DomainError `VALIDATION_FAILED` for an unknown branch
   */
  async buildConditions(
    criteria: SelectionCriteria,
    first: number,
    path = '',
  ): Promise<ReturnType<typeof whereCriteria>> {
    await this.requireBranch(criteria.branchCode, `${path}branchCode`);
    const firstInstantOf = (day: BusinessDate) => startOfDay(day, this.config.timeZone);
    return whereCriteria(criteria, first, firstInstantOf, this.map.allCustomerTables);
  }

  /** Refuses an unknown branch, which would otherwise look like a branch without customers. */
  private async requireBranch(code: string | undefined, field: string): Promise<void> {
    if (code !== undefined) await requireBranchId(this.transaction, code, field);
  }
}
