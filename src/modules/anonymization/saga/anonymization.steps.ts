import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';
import { AnonymizeArchiveData } from '../../archive';
import { AnonymizeCustomerData } from '../../customer';
import { ProofScan } from '../../data-map';
import { AnonymizeDeviceData } from '../../device';
import { AnonymizeFinanceData } from '../../finance';
import { AnonymizeLoyaltyData } from '../../loyalty';
import { StoredBlockers } from './stored-blockers';

/**
 * The participating modules, in order. Finance and device come first, because sealed copies need all records unchanged.
 * The customer comes last, because the database refuses every write after it. Each handler applies its rule and writes
 * its audit record. A final query checks the database for residue.
 */
const STEPS = [
  AnonymizeFinanceData,
  AnonymizeDeviceData,
  AnonymizeLoyaltyData,
  AnonymizeArchiveData,
  AnonymizeCustomerData,
];

@Injectable()
export class AnonymizationSteps {
  constructor(
    private readonly commands: CommandBus,
    private readonly blockers: StoredBlockers,
    private readonly proof: ProofScan,
  ) {}

  /** @throws DomainError `PERSONAL_VALUE_LEFT`, and errors of a step; nothing of the batch may commit then */
  async eraseAndProve(batch: AnonymizationBatch): Promise<void> {
    if (batch.customerIds.length === 0) return;
    for (const Step of STEPS) await this.commands.execute(new Step(batch));
    await this.blockers.clearNamedNumbers(batch);
    await this.proof.prove(batch);
  }
}
