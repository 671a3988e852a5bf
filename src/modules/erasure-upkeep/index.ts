export { DatabaseScan, type Owner, type ScanFinding, type ScanResult } from './database-scan';
export { type CleanupResult, ErasureCleanup } from './erasure-cleanup';
export { ErasureReapply, type ReappliedTable } from './erasure-reapply';
export { ErasureScrub, type ScrubbedTable } from './erasure-scrub';
export { ErasureUpkeep } from './erasure-upkeep';
export { ErasureUpkeepModule } from './erasure-upkeep.module';
export { IdentifierSearch } from './identifier-search';
