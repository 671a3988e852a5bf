import type { Response } from 'express';
import { type CsvRow, sendCsv } from '../../platform/csv/send-csv';

/** JSON is the default, even when the client has no preference. */
export const acceptsCsv = ({ req }: Response): boolean => req.accepts(['application/json', 'text/csv']) === 'text/csv';

export interface ReportFile<Item> {
  readonly name: string;
  readonly columns: readonly (keyof Item & string)[];
}

export async function sendCsvReport<Item extends object>(
  response: Response,
  file: ReportFile<Item>,
  items: readonly Item[],
): Promise<void> {
  await sendCsv(response, { ...file, rows: rowsOf(items) });
}

/** Adapts the items to a stream, although all of them are in memory. */
async function* rowsOf<Item extends object>(items: readonly Item[]): AsyncGenerator<CsvRow> {
  for (const item of await Promise.resolve(items)) yield item as CsvRow;
}
