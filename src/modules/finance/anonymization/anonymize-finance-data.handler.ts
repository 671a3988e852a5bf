import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type EffectsByCustomer, mergeEffects } from '../../../kernel/anonymization-step';
import { AuditLog } from '../../audit';
import { Erasure } from '../../data-map';
import { AnonymizeFinanceData } from './anonymize-finance-data.command';
import { FiscalCopies } from './fiscal-copies';

@CommandHandler(AnonymizeFinanceData)
export class AnonymizeFinanceDataHandler implements ICommandHandler<AnonymizeFinanceData> {
  constructor(
    private readonly fiscalCopies: FiscalCopies,
    private readonly erasure: Erasure,
    private readonly audit: AuditLog,
  ) {}

  async execute({ set }: AnonymizeFinanceData): Promise<EffectsByCustomer> {
    const sealed = await this.fiscalCopies.write(set); // before anything changes: no fiscal copy, no anonymization
    const effects = mergeEffects(await this.erasure.apply(['finance'], set), sealed);
    await this.audit.recordAnonymized('finance', set, effects);
    return effects;
  }
}
