import { Injectable } from '@nestjs/common';
import type { Effect } from '../../../../kernel/anonymization-step';
import type { Warning } from '../../../../kernel/blocker';
import { Clock } from '../../../../platform/clock/clock';
import type { ItemState } from '../../state/run-state';
import { EffectsRecords, Verdicts } from '../../../anonymization';

interface Item {
  readonly customerId: string;
  readonly state: ItemState;
}

export interface ItemFinding {
  readonly warnings: readonly Warning[];
  readonly effects: readonly Effect[];
}

/**
 * Computes warnings and effects of run items when they are read: the expected effects before the anonymization, the
 * audited ones after it.
 */
@Injectable()
export class ItemFindings {
  constructor(
    private readonly verdicts: Verdicts,
    private readonly records: EffectsRecords,
    private readonly clock: Clock,
  ) {}

  async findForItems(items: readonly Item[]): Promise<ReadonlyMap<string, ItemFinding>> {
    const idsOf = (...states: ItemState[]) =>
      items.filter(({ state }) => states.includes(state)).map(({ customerId }) => customerId);
    const ahead = await this.verdicts.checkCustomers(
      idsOf('READY', 'BLOCKED', 'FAILED', 'CANCELLED'),
      this.clock.today(),
    );
    const done = await this.records.readForCustomers(idsOf('ANONYMIZED', 'ALREADY_ANONYMIZED'));
    return new Map<string, ItemFinding>([
      ...ahead,
      ...[...done].map(([id, effects]) => [id, { warnings: [], effects }] as const),
    ]);
  }
}
