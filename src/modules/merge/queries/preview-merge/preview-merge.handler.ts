import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { invalid } from '../../../../platform/http/validation.pipe';
import { CUSTOMER_COLUMNS, type CustomerField, CustomerView } from '../../../customer';
import { CustomerMerge } from '../../customer-merge';
import { PreviewMerge } from './preview-merge.query';
import type { DifferenceResponse, MergeSideResponse, PreviewMergeResponse } from './preview-merge.response';

type FurtherColumns = Omit<MergeSideResponse, keyof Awaited<ReturnType<CustomerView['of']>>>;

/** Who a person is: where these differ, the two may be two people. */
const IDENTITY: readonly CustomerField[] = ['firstName', 'lastName', 'birthName', 'companyName', 'birthDate'];

const FURTHER_COLUMNS = `
  SELECT address.street, address.postal_code AS "postalCode", address.city,
    (SELECT count(*) FROM selection_member member WHERE member.customer_id = customer.id)::int AS selections,
    (SELECT count(*)
     FROM anonymization_run_item item
       JOIN anonymization_run run ON run.id = item.run_id
     WHERE item.customer_id = customer.id
       AND item.state = 'READY'
       AND run.state IN ('PREVIEWED', 'RUNNING', 'PAUSED'))::int AS "readyInRuns"
  FROM customer
    LEFT JOIN address ON address.customer_id = customer.id AND address.type = 'RESIDENTIAL'
  WHERE customer.id = $1`;

const FIELD_OF_COLUMN = new Map(CUSTOMER_COLUMNS.map(({ name, property }) => [name, property]));

@QueryHandler(PreviewMerge)
export class PreviewMergeHandler implements IQueryHandler<PreviewMerge> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly customers: CustomerMerge,
    private readonly view: CustomerView,
  ) {}

  execute({ customerId, intoCustomerId }: PreviewMerge): Promise<PreviewMergeResponse> {
    if (customerId === intoCustomerId) throw invalid('intoCustomerId', 'IS_ANOTHER_CUSTOMER');
    return this.transaction.run(async () => {
      const { moved, dropped, leftovers } = await this.customers.plan(customerId, intoCustomerId);
      const [source, target] = [await this.side(customerId), await this.side(intoCustomerId)];
      return {
        source,
        target,
        moved,
        dropped,
        filled: CUSTOMER_COLUMNS.map(({ property }) => property).filter(
          (field) => source[field] !== null && target[field] === null,
        ),
        appended: leftovers.map(({ column, value }) => ({ field: FIELD_OF_COLUMN.get(column) ?? column, value })),
        differences: differencesOf(source, target),
      };
    });
  }

  private async side(customerId: string): Promise<MergeSideResponse> {
    const [further] = await this.transaction.query<FurtherColumns>(FURTHER_COLUMNS, [customerId]);
    return { ...(await this.view.of(customerId)), ...further! };
  }
}

function differencesOf(source: MergeSideResponse, target: MergeSideResponse): DifferenceResponse[] {
  return IDENTITY.flatMap((field) => {
    const [one, other] = [source[field], target[field]];
    return one !== null && other !== null && one !== other ? [{ field, source: one, target: other }] : [];
  });
}
