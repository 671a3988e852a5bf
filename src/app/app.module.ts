import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AnonymizationModule, StoredBlockersModule } from '../modules/anonymization';
import { ArchiveUpkeepModule } from '../modules/archive';
import { AuditModule, SequencerModule } from '../modules/audit';
import { CertificatesModule } from '../modules/certificates';
import { DataMapModule } from '../modules/data-map';
import { EmployeeModule } from '../modules/employee';
import { ErasureUpkeepModule } from '../modules/erasure-upkeep';
import { BLOCKER_TABLES } from './blocker-tables';
import { ENTITIES_BY_MODULE } from './entities';
import { HealthModule } from '../modules/health';
import { MailMergeModule } from '../modules/mail-merge';
import { MergeModule } from '../modules/merge';
import { MetricsModule } from '../modules/metrics';
import { PersonalDataModule } from '../modules/personal-data';
import { ReportingModule } from '../modules/reporting';
import { RunsModule } from '../modules/runs';
import { SelectionModule } from '../modules/selection';
import { WorklistModule } from '../modules/worklist';
import { AuthModule } from '../platform/auth/auth.module';
import type { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { DatabaseModule } from '../platform/database/database.module';
import { PlatformModule } from '../platform/platform.module';

const ENTITIES = Object.values(ENTITIES_BY_MODULE).flat();

/** Connections of the API's pool. Runs have connections of their own, so that requests never wait for them. */
const CONNECTIONS_OF_REQUESTS = 12;

/** The role of a process. `SERVER` stores archive contents on its disk; `WORKER` may run on a host without them. */
export type ProcessRole = 'SERVER' | 'WORKER';

/**
 * The whole product. The database module is imported first: Nest shuts down in reverse order, and the shutdown of other
 * modules may still need the database.
 */
@Module({})
export class AppModule {
  static of(config: LetheConfig, access: DatabaseAccess, role: ProcessRole = 'SERVER'): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.of(access, ENTITIES, CONNECTIONS_OF_REQUESTS + config.workers),
        PlatformModule.of(config),
        CqrsModule.forRoot(),
        AuditModule,
        SequencerModule,
        DataMapModule.of(ENTITIES_BY_MODULE),
        StoredBlockersModule.of(BLOCKER_TABLES),
        EmployeeModule,
        AuthModule,
        HealthModule,
        AnonymizationModule,
        RunsModule,
        CertificatesModule,
        WorklistModule,
        ErasureUpkeepModule,
        ...(role === 'SERVER' ? [ArchiveUpkeepModule, MetricsModule] : []),
        MergeModule,
        PersonalDataModule,
        SelectionModule,
        MailMergeModule,
        ReportingModule,
      ],
    };
  }
}
