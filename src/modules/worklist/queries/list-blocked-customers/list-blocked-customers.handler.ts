import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { isBusinessDate } from '../../../../kernel/business-date';
import { CURSOR_UUID, type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { invalid } from '../../../../platform/http/validation.pipe';
import { type BlockedCustomerItem, Worklist, type WorklistPosition } from '../../worklist';
import { ListBlockedCustomers } from './list-blocked-customers.query';

const NO_DAY = '';
const DAY_OR_NONE = /^(?:\d{4}-\d{2}-\d{2})?$/;

@QueryHandler(ListBlockedCustomers)
export class ListBlockedCustomersHandler implements IQueryHandler<ListBlockedCustomers> {
  constructor(private readonly worklist: Worklist) {}

  async execute({ range, limit, cursor }: ListBlockedCustomers): Promise<Page<BlockedCustomerItem>> {
    const after = positionIn(cursor);
    return pageOf(
      await this.worklist.page(range, after, limit + 1),
      limit,
      (item) => [item.earliestPossibleOn ?? NO_DAY, item.customerId],
      (item) => item,
    );
  }
}

function positionIn(cursor: string | undefined): WorklistPosition | null {
  const key = sortKeyOf(cursor, [DAY_OR_NONE, CURSOR_UUID]);
  if (key === null) return null;
  const [day, customerId] = key as [string, string];
  if (day !== NO_DAY && !isBusinessDate(day)) throw invalid('cursor', 'IS_CURSOR');
  return { earliestPossibleOn: day === NO_DAY ? null : day, customerId };
}
