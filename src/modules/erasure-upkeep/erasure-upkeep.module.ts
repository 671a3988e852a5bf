import { Module } from '@nestjs/common';
import { ErasureCleanup } from './erasure-cleanup';
import { ErasureUpkeep } from './erasure-upkeep';
import { UncleanedRuns } from '../runs';

/** Removes old row versions and free space that still contain erased values. */
@Module({ providers: [UncleanedRuns, ErasureCleanup, ErasureUpkeep] })
export class ErasureUpkeepModule {}
