import { Module } from '@nestjs/common';
import { AuditModule } from '../audit';
import { DataMap } from './data-map';
import { Erasure } from './erasure';
import { NamedNumbers } from './named-numbers';
import { ProofScan } from './proof-scan';
import { GetDataMapController } from './queries/get-data-map/get-data-map.controller';
import { GetRecordOfProcessingController } from './queries/get-record-of-processing/get-record-of-processing.controller';

/** The data map, and the statements that follow from it. */
@Module({
  imports: [AuditModule],
  controllers: [GetDataMapController, GetRecordOfProcessingController],
  providers: [DataMap, Erasure, NamedNumbers, ProofScan],
  exports: [DataMap, Erasure, NamedNumbers, ProofScan],
})
export class DataMapModule {}
