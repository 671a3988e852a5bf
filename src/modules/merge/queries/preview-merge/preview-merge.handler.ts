import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { invalid } from '../../../../platform/http/validation.pipe';
import { CUSTOMER_COLUMNS, CustomerView } from '../../../customer';
import { CustomerMerge } from '../../customer-merge';
import { PreviewMerge } from './preview-merge.query';
import type { DifferenceResponse, MergeSideResponse, PreviewMergeResponse } from './preview-merge.response';

type Field = keyof typeof CUSTOMER_COLUMNS;

type FurtherColumns = Omit<MergeSideResponse, keyof Awaited<ReturnType<CustomerView['of']>>>;

/** Fields that identify a person. If they differ, the two may be different people. */
const IDENTITY: readonly Field[] = ['firstName', 'lastName', 'birthName', 'companyName', 'birthDate'];

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

const FIELD_OF_COLUMN = new Map<string, string>(
  Object.entries(CUSTOMER_COLUMNS).map(([field, column]) => [column, field]),
);

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
        filled: (Object.keys(CUSTOMER_COLUMNS) as Field[]).filter(
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
