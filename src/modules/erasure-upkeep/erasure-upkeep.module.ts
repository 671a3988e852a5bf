import { Module } from '@nestjs/common';
import { DataMapModule } from '../data-map';
import { ErasureCleanup } from './erasure-cleanup';
import { ErasureUpkeep } from './erasure-upkeep';
import { UncleanedRuns } from '../runs';

/** Removes old row versions and free space that still contain erased values. */
@Module({ imports: [DataMapModule], providers: [UncleanedRuns, ErasureCleanup, ErasureUpkeep] })
export class ErasureUpkeepModule {}
