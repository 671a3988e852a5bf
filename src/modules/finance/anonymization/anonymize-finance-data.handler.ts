import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Erasure } from '../../data-map';
import { AnonymizeFinanceData } from './anonymize-finance-data.command';
import { FiscalCopies } from './fiscal-copies';

@CommandHandler(AnonymizeFinanceData)
export class AnonymizeFinanceDataHandler implements ICommandHandler<AnonymizeFinanceData> {
  constructor(
    private readonly fiscalCopies: FiscalCopies,
    private readonly erasure: Erasure,
  ) {}

  async execute({ set }: AnonymizeFinanceData): Promise<void> {
    const sealed = await this.fiscalCopies.write(set); // before anything changes: no fiscal copy, no anonymization
    await this.erasure.apply('finance', set, { sealed });
  }
}
