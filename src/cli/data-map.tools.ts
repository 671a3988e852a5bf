import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ENTITIES_BY_MODULE } from '../app/entities';
import { DataMap } from '../modules/data-map';

/** All entities of the product, from whose data source a data map is built. */
export const ENTITIES = Object.values(ENTITIES_BY_MODULE).flat();

export const DATA_MAP: Provider = {
  provide: DataMap,
  inject: [DataSource],
  useFactory: (dataSource: DataSource) => new DataMap(dataSource, ENTITIES_BY_MODULE),
};
