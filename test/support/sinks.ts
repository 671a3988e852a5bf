import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes down what the product let out, for the search at the end of the run: a file per sink and process in LETHE_TEST_SINKS. */
export function noteInSink(sink: string, text: string): void {
  appendFileSync(join(process.env.LETHE_TEST_SINKS!, `${sink}-${process.pid}.txt`), text);
}
