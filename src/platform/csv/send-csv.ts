import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';

export type CsvRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface CsvFile {
  /** ASCII, without path */
  readonly name: string;
  /** header line and order of the cells */
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<CsvRow>;
}

/**
 * Streams a CSV file (RFC 4180, UTF-8) at the reader's pace. A text cell that a spreadsheet would take for a formula gets an apostrophe in front.
 *
 * The first row is awaited before anything is sent, so that a query that fails becomes a problem document; a later failure cuts the connection,
 * because a shortened file must not look complete.
 */
export async function sendCsv(response: Response, { name, columns, rows }: CsvFile): Promise<void> {
  const cells = rows[Symbol.asyncIterator]();
  const first = await cells.next();
  response.status(200).attachment(name).type('text/csv; charset=utf-8');
  if (response.req.method === 'HEAD') {
    await cells.return?.();
    response.end();
    return;
  }
  try {
    await pipeline(
      continued(first, cells),
      stringify({ header: true, columns: [...columns], escape_formulas: true, cast: { boolean: String } }),
      response,
    );
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
}

async function* continued(first: IteratorResult<CsvRow>, rest: AsyncIterator<CsvRow>): AsyncGenerator<CsvRow> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** The reader went away, which is no failure of ours. */
const isAbort = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
