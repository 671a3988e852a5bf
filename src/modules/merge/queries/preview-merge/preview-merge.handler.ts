import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { invalid } from '../../../../platform/http/validation.pipe';
import { CUSTOMER_COLUMNS, type CustomerField, CustomerView, findResidence } from '../../../customer';
import { countRunsReadyFor } from '../../../runs';
import { countMemberships } from '../../../selection';
import { CustomerMerge } from '../../customer-merge';
import { PreviewMerge } from './preview-merge.query';
import type { DifferenceResponse, MergeSideResponse, PreviewMergeResponse } from './preview-merge.response';

/** Fields that identify a person. If they differ, the two may be different people. */
const IDENTITY: readonly CustomerField[] = ['firstName', 'lastName', 'birthName', 'companyName', 'birthDate'];

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
    return {
      ...(await this.view.readCustomer(customerId)),
      ...(await findResidence(this.transaction, customerId)),
      selections: await countMemberships(this.transaction, customerId),
      readyInRuns: await countRunsReadyFor(this.transaction, customerId),
    };
  }
}

function differencesOf(source: MergeSideResponse, target: MergeSideResponse): DifferenceResponse[] {
  return IDENTITY.flatMap((field) => {
    const [one, other] = [source[field], target[field]];
    return one !== null && other !== null && one !== other ? [{ field, source: one, target: other }] : [];
  });
}
