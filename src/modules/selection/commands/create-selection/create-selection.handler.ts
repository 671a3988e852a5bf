import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../../platform/clock/clock';
import { databaseCodeOf } from '../../../../platform/database/transient-failure';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CustomerLocks, CUSTOMERS } from '../../../customer';
import { Selection } from '../../entities/selection.entity';
import { SelectionConditions } from '../../selection-conditions';
import type { SelectionCriteria } from '../../selection-criteria';
import type { SelectionResponse } from '../../selection.response';
import { CreateSelection } from './create-selection.command';

const CUSTOMER_ANONYMIZED = 'AN001';
const MAX_ATTEMPTS = 3;

@CommandHandler(CreateSelection)
export class CreateSelectionHandler implements ICommandHandler<CreateSelection> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly locks: CustomerLocks,
    private readonly clock: Clock,
    private readonly conditions: SelectionConditions,
  ) {}

  async execute(command: CreateSelection): Promise<SelectionResponse> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.transaction.run(() => this.create(command));
      } catch (error) {
        // A customer who met the criteria was anonymized meanwhile, so the guard refused the insert. The next attempt
        // no longer selects that customer.
        const isOutdated = 'criteria' in command.subject && databaseCodeOf(error) === CUSTOMER_ANONYMIZED;
        if (!isOutdated || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  private async create({ name, subject, actor }: CreateSelection): Promise<SelectionResponse> {
    const createdAt = this.clock.now();
    const { id } = await this.transaction.repository(Selection).save({ name, createdBy: actor.id, createdAt });
    const memberCount =
      'criteria' in subject
        ? await this.addMatching(id, subject.criteria)
        : await this.addNamed(id, subject.customerIds);
    return { id, name, memberCount, createdAt: createdAt.toISOString() };
  }

  private async addNamed(selectionId: string, customerIds: readonly string[]): Promise<number> {
    if (customerIds.length === 0) return 0;
    await this.locks.lockForBooking(...customerIds);
    return this.transaction.execute(
      'INSERT INTO selection_member (selection_id, customer_id) SELECT $1, unnest($2::uuid[])',
      [selectionId, customerIds],
    );
  }

  /** Adds all members in one statement, even a million; the trigger of the table locks them. */
  private async addMatching(selectionId: string, criteria: SelectionCriteria): Promise<number> {
    const { condition, parameters } = await this.conditions.buildConditions(criteria, 2, 'criteria.');
    return this.transaction.execute(
      `INSERT INTO selection_member (selection_id, customer_id) SELECT $1, c.id FROM ${CUSTOMERS} c WHERE ${condition}`,
      [selectionId, ...parameters],
    );
  }
}
