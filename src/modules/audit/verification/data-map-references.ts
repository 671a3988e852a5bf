import type { LogVerdict } from '../../../libraries/transparency-log';
import { addDataMap, type TableTreatment } from '../short-effects';

const IN_FORCE = '{"action":"DATA_MAP_IN_FORCE"';
const REFERENCE = '"dataMap":"';
const DIGEST_CHARACTERS = 64;

/**
 * Finds entries whose data map is nowhere in the log. The map may also come later, because the digest in the entry
 * fixes it. Entries are added in the order of the log, from the first.
 */
export class DataMapReferences {
  private readonly maps = new Map<unknown, readonly TableTreatment[]>();
  private readonly firstEntries = new Map<string, number>();
  private sequence = 0;

  add(canonical: string): void {
    this.sequence++;
    if (canonical.startsWith(IN_FORCE))
      addDataMap(this.maps, (JSON.parse(canonical) as { details: Record<string, unknown> }).details);
    const at = canonical.indexOf(REFERENCE); // quotes within a text are escaped
    if (at === -1) return;
    const digest = canonical.slice(at + REFERENCE.length).slice(0, DIGEST_CHARACTERS);
    if (!this.firstEntries.has(digest)) this.firstEntries.set(digest, this.sequence);
  }

  /** The verdict on a log without another problem, with the first entry whose data map is missing. */
  checked(verdict: LogVerdict): LogVerdict {
    const missing = [...this.firstEntries].find(([digest]) => !this.maps.has(digest));
    if (verdict.problem !== null || missing === undefined) return verdict;
    const [, sequence] = missing;
    return { ...verdict, problem: 'REFERENCE_MISSING', firstBroken: { from: sequence, to: sequence } };
  }
}
