import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DataMap, ENTITIES_BY_MODULE, type EntitiesByModule } from './data-map';
import { Erasure } from './erasure';
import { NamedNumbers } from './named-numbers';
import { ProofScan } from './proof-scan';
import { GetDataMapController } from './queries/get-data-map/get-data-map.controller';
import { GetRecordOfProcessingController } from './queries/get-record-of-processing/get-record-of-processing.controller';

@Global()
@Module({})
export class DataMapModule {
  /** @param entities all tables of the product by module */
  static of(entities: EntitiesByModule): DynamicModule {
    return {
      module: DataMapModule,
      controllers: [GetDataMapController, GetRecordOfProcessingController],
      providers: [{ provide: ENTITIES_BY_MODULE, useValue: entities }, DataMap, Erasure, NamedNumbers, ProofScan],
      exports: [DataMap, Erasure, NamedNumbers, ProofScan],
    };
  }
}
