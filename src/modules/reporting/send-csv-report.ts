import type { Response } from 'express';
import { type CsvRow, sendCsv } from '../../platform/csv/send-csv';

/** JSON is for whoever does not say, or likes both as much. */
export const acceptsCsv = ({ req }: Response): boolean => req.accepts(['application/json', 'text/csv']) === 'text/csv';

export interface ReportFile<Item> {
  readonly name: string;
  readonly columns: readonly (keyof Item & string)[];
}

/** Sends the items of a report as CSV. */
export async function sendCsvReport<Item extends object>(
  response: Response,
  file: ReportFile<Item>,
  items: readonly Item[],
): Promise<void> {
  await sendCsv(response, { ...file, rows: rowsOf(items) });
}

/** A stream asks for rows one by one, although these are all there. */
async function* rowsOf<Item extends object>(items: readonly Item[]): AsyncGenerator<CsvRow> {
  for (const item of await Promise.resolve(items)) yield item as CsvRow;
}
