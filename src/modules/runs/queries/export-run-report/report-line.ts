import type { Blocker } from '../../../../kernel/blocker';
import type { CsvRow } from '../../../../platform/csv/send-csv';
import { type FailureLocation, lastClearance } from '../../../anonymization';
import type { RunItem } from '../../views/run-items';

export const REPORT_COLUMNS = [
  'customerNumber',
  'customerId',
  'state',
  'failureCode',
  'blockers',
  'earliestPossibleOn',
  'failure',
] as const;

export const reportLine = ({ blockers, failure, ...item }: RunItem): CsvRow => ({
  ...item,
  failure: failure === null ? null : inWords(failure),
  blockers: blockers.map(asText).join('; '),
  earliestPossibleOn: lastClearance(blockers),
});

/** Example: `RECENT_INVOICE R-4711 2027-01-31`. */
const asText = ({ code, recordNumber, clearsOn }: Blocker): string =>
  [code, recordNumber, clearsOn].filter((part) => part !== null).join(' ');

/** Example: `stock_item.article 4711`. */
const inWords = ({ table, column, recordId }: FailureLocation): string =>
  [column === null ? table : `${table}.${column}`, recordId].filter((part) => part !== null).join(' ');
