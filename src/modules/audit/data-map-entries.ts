import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { AuditLog, type AuditRecord } from './audit-log';
import type { LoggedDataMap } from './logged-data-map';
import { SELECT_MAP_IN_FORCE } from './queries/data-map-entries.queries';
import { findEntriesOf } from './queries/find-entries.queries';
import { addDataMap, fullEffects, type TableTreatment } from './short-effects';

type Details = Readonly<Record<string, unknown>>;

interface MapInForce {
  readonly digest: string;
  readonly anchored: boolean;
}

/** Records the data map in force, and completes the short effects of entries with it. */
@Injectable()
export class DataMapEntries {
  /** digest of the map that needs no further check */
  private recorded: string | undefined;
  private readonly maps = new Map<unknown, readonly TableTreatment[]>();

  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Writes `DATA_MAP_IN_FORCE` unless the newest one holds this map, in the transaction of the entries that refer to
   * it. Checks again until a checkpoint covers it: from then on no rollback and no lost commit can remove it unnoticed.
   */
  async recordInForce(map: LoggedDataMap): Promise<void> {
    const { digest } = map;
    if (this.recorded === digest) return;
    const [newest] = await this.transaction.queryPrepared<MapInForce>(SELECT_MAP_IN_FORCE, []);
    if (newest?.digest === digest) {
      if (newest.anchored) this.recorded = digest;
      return;
    }
    await this.audit.record(inForce(map));
  }

  /**
   * Replaces the effects in details by the full ones, in the transaction in progress. Effects whose data map is not in
   * the log stay as they are.
   */
  async complete(entries: readonly Details[]): Promise<Details[]> {
    if (entries.some(({ dataMap }) => dataMap !== undefined && !this.maps.has(dataMap))) await this.readMaps();
    return entries.map((details) =>
      details.effects === undefined
        ? details
        : { ...details, effects: fullEffects(details, this.maps) ?? details.effects },
    );
  }

  private async readMaps(): Promise<void> {
    for (const canonical of await findEntriesOf(this.transaction, 'DATA_MAP_IN_FORCE'))
      addDataMap(this.maps, (JSON.parse(canonical) as { details: Details }).details);
  }
}

/** The entry of a data map. */
export const inForce = ({ digest, treatments }: LoggedDataMap): AuditRecord => ({
  action: 'DATA_MAP_IN_FORCE',
  module: 'anonymization',
  outcome: 'SUCCEEDED',
  actorId: null,
  actorRole: null,
  details: { dataMap: digest, treatments },
});
