import { stringify } from 'csv-stringify';
import type { Response } from 'express';
import { sendStream } from '../http/send-stream';

export type CsvRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface CsvFile {
  /** ASCII, without path */
  readonly name: string;
  /** header line and order of the cells */
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<CsvRow>;
}

/**
 * Streams a CSV file (RFC 4180, UTF-8) as {@link sendStream} does. A text cell that a spreadsheet would evaluate as a
 * formula is prefixed with an apostrophe.
 */
export function sendCsv(response: Response, { name, columns, rows }: CsvFile): Promise<void> {
  return sendStream(response, {
    name,
    type: 'text/csv; charset=utf-8',
    pieces: rows,
    as: stringify({ header: true, columns: [...columns], escape_formulas: true, cast: { boolean: String } }),
  });
}
