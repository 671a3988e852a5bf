import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { Clock } from '../../../../platform/clock/clock';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { findCustomer } from '../../../customer';
import { ForeignMentions } from '../../preview/foreign-mentions';
import { lastClearance } from '../../preview/last-clearance';
import type { VerdictResponse } from '../../preview/verdict.response';
import { Verdicts } from '../../preview/verdicts';
import { PreviewAnonymization } from './preview-anonymization.query';

@QueryHandler(PreviewAnonymization)
export class PreviewAnonymizationHandler implements IQueryHandler<PreviewAnonymization> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly verdicts: Verdicts,
    private readonly mentions: ForeignMentions,
    private readonly clock: Clock,
  ) {}

  execute({ customerId }: PreviewAnonymization): Promise<VerdictResponse> {
    return this.transaction.run(async () => {
      const customer = await findCustomer(this.transaction, customerId);
      if (customer === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
      const identity = { customerId, customerNumber: customer.customerNumber };
      if (customer.anonymizedAt !== null)
        return {
          ...identity,
          verdict: 'ALREADY_ANONYMIZED',
          earliestPossibleOn: null,
          blockers: [],
          warnings: [],
          effects: [],
        };
      const today = this.clock.today();
      const findings = (await this.verdicts.checkCustomers([customerId], today)).get(customerId)!;
      const isReady = findings.blockers.length === 0;
      return {
        ...identity,
        verdict: isReady ? 'READY' : 'BLOCKED',
        earliestPossibleOn: isReady ? today : lastClearance(findings.blockers),
        ...findings,
        warnings: [...findings.warnings, ...(await this.mentions.findForCustomer(customerId))],
      };
    });
  }
}
