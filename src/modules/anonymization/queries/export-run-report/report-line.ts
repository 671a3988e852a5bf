import type { Blocker } from '../../../../kernel/blocker';
import type { CsvRow } from '../../../../platform/csv/send-csv';
import { lastClearance } from '../../preview/last-clearance';
import type { RunItem } from '../../runs/run-items';

export const REPORT_COLUMNS = [
  'customerNumber',
  'customerId',
  'state',
  'failureCode',
  'blockers',
  'earliestPossibleOn',
] as const;

export const reportLine = ({ blockers, ...item }: RunItem): CsvRow => ({
  ...item,
  blockers: blockers.map(asText).join('; '),
  earliestPossibleOn: lastClearance(blockers),
});

/** Such as `RECENT_INVOICE R-4711 2027-01-31`. */
const asText = ({ code, recordNumber, clearsOn }: Blocker): string =>
  [code, recordNumber, clearsOn].filter((part) => part !== null).join(' ');
