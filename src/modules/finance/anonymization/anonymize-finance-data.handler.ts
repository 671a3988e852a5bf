import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SealedCopies } from '../../archive';
import { Erasure } from '../../data-map';
import { AnonymizeFinanceData } from './anonymize-finance-data.command';

/**
 * Seals copies of what the tax office may request, erases the finance tables and writes one audit entry per customer.
 */
@CommandHandler(AnonymizeFinanceData)
export class AnonymizeFinanceDataHandler implements ICommandHandler<AnonymizeFinanceData> {
  constructor(
    private readonly copies: SealedCopies,
    private readonly erasure: Erasure,
  ) {}

  async execute({ batch }: AnonymizeFinanceData): Promise<void> {
    const sealed = await this.copies.write('finance', batch); // first, so that nothing is erased without a copy
    await this.erasure.eraseAndRecord('finance', batch, { sealed });
  }
}
