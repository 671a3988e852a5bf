import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Utf8Check } from './utf8-check';

/** Far more than any record has. Limits the memory that an unclosed quote could fill with the rest of the file. */
const MAX_RECORD_CHARACTERS = 1_000_000;
const LINE_BREAK = /\r\n|\r|\n/g;

export interface CsvRecord {
  /** line on which the record begins; the header is line 1 */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The record that begins at `line` violates RFC 4180. Nothing after it can be read. */
export class MalformedCsv extends Error {
  constructor(readonly line: number) {
    super('MALFORMED_CSV');
  }
}

/** Reads a CSV file (RFC 4180, UTF-8 with or without BOM) record by record. Empty lines are skipped. */
export class CsvRecords implements AsyncIterable<CsvRecord> {
  private readonly utf8 = new Utf8Check();
  private readonly lines = new LineCount();

  constructor(private readonly path: string) {}

  /** Whether the text was damaged by bytes that are not UTF-8. */
  isDamaged(text: string): boolean {
    return this.utf8.failed && text.includes('\uFFFD');
  }

  async *[Symbol.asyncIterator](): AsyncIterator<CsvRecord> {
    const parser = parse({
      bom: true,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD_CHARACTERS,
      // Called during parsing, so that the line of an error is known: an error ends the stream before the records that
      // are still buffered in it.
      on_record: (cells, { lines }) => [String(this.lines.beginOf(cells, lines)), ...cells],
    });
    const records: AsyncIterable<string[]> = pipeline(createReadStream(this.path), this.utf8, parser, () => undefined);
    try {
      for await (const [line, ...cells] of records) yield { line: Number(line), cells };
    } catch (error) {
      throw error instanceof CsvError ? new MalformedCsv(this.lines.next) : error;
    }
  }
}

/** Counts lines to the beginning of a record. The parser counts to its end, and counts a CR LF within quotes twice. */
class LineCount {
  next = 1;
  private countedTwice = 0;

  beginOf(cells: readonly string[], counted: number): number {
    let breaks = 0;
    for (const cell of cells) {
      for (const [found] of cell.includes('\n') || cell.includes('\r') ? cell.matchAll(LINE_BREAK) : []) {
        breaks += 1;
        if (found.length === 2) this.countedTwice += 1;
      }
    }
    const end = counted - this.countedTwice;
    this.next = end + 1;
    return end - breaks;
  }
}
