import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Records output of the product for the search at the end of the run: one file per sink and process in
 * LETHE_TEST_SINKS.
 */
export function noteInSink(sink: string, text: string): void {
  appendFileSync(join(process.env.LETHE_TEST_SINKS!, `${sink}-${process.pid}.txt`), text);
}
