import { ENTITIES_BY_MODULE } from '../../../src/app/entities';
import { auditEntry, INSERT_ENTRIES, inForce } from '../../../src/modules/audit';
import { DataMap, loggedDataMap } from '../../../src/modules/data-map';
import { createDataSource } from '../../../src/platform/database/data-source';
import type { BenchDatabase } from '../../bench-database';

/** Writes the entry of the data map, as the product does before its first batch, and returns the digest. */
export async function dataMapInForce(database: BenchDatabase): Promise<string> {
  const entities = Object.values(ENTITIES_BY_MODULE).flat();
  const dataSource = await createDataSource(database.as('lethe_app'), entities, 1).initialize();
  try {
    const map = loggedDataMap(new DataMap(dataSource, ENTITIES_BY_MODULE));
    const { id, canonical } = auditEntry(inForce(map), new Date());
    await dataSource.query(INSERT_ENTRIES, [[id], [canonical]]);
    return map.digest;
  } finally {
    await dataSource.destroy();
  }
}
