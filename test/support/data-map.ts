import { DataSource } from 'typeorm';
import { DataMap } from '../../src/modules/data-map';
import { ENTITIES_BY_MODULE } from '../../src/app/entities';
import { SnakeNamingStrategy } from '../../src/platform/database/snake-naming.strategy';

/** TypeORM's metadata, without a connection. */
class Unconnected extends DataSource {
  async gather(): Promise<this> {
    await this.buildMetadatas();
    return this;
  }
}

/** The product's data map, read without a database. */
export async function productDataMap(): Promise<DataMap> {
  const dataSource = new Unconnected({
    type: 'postgres',
    entities: Object.values(ENTITIES_BY_MODULE).flat() as never[],
    namingStrategy: new SnakeNamingStrategy(),
  });
  return new DataMap(await dataSource.gather(), ENTITIES_BY_MODULE);
}
