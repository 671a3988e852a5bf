import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { DomainError } from '../../kernel/domain-error';
import { invalid } from './validation.pipe';

/** Fields with an empty value count as left out, as browsers send them. */
export type FormFields = Readonly<Record<string, string>>;

/** The file of a form, while it comes in. */
export interface FormFile {
  /** as the sender calls it, without folders */
  readonly fileName: string | null;
  /** fails when the form breaks off or the file is too large */
  readonly bytes: Readable;
  /** the fields that stood before the file */
  readonly fieldsBefore: FormFields;
}

export interface MultipartForm<Taken> {
  readonly fields: FormFields;
  /** what became of the file; null: there was none */
  readonly taken: Taken | null;
}

interface FileRules {
  readonly field: string;
  readonly mostBytes: number;
}

const MOST_FIELDS = 20;
const LONGEST_FIELD = 8 * 1024;
/** Fields, boundaries and headers beside the file. */
const MOST_BYTES_AROUND = MOST_FIELDS * LONGEST_FIELD;

/**
 * Reads a form (RFC 7578) with one file, whose bytes go straight to `take`: nothing of it is held in memory. When the
 * form cannot be accepted, `take` has come to its end, one way or the other, before the error is thrown.
 *
 * Errors: `MALFORMED_REQUEST` for a form that is none or breaks off, `PAYLOAD_TOO_LARGE`, `VALIDATION_FAILED`, and
 * those of `take`.
 */
export async function readMultipartForm<Taken>(
  request: Request,
  file: FileRules,
  take: (file: FormFile) => Promise<Taken>,
): Promise<MultipartForm<Taken>> {
  if (Number(request.headers['content-length'] ?? 0) > file.mostBytes + MOST_BYTES_AROUND)
    throw new DomainError('PAYLOAD_TOO_LARGE');
  return new FormReading(request, file, take).result();
}

class FormReading<Taken> {
  private readonly parser: busboy.Busboy;
  private readonly fields = new Map<string, string>();
  private file: { readonly bytes: Readable; readonly taken: Promise<Taken> } | null = null;

  constructor(
    private readonly request: Request,
    private readonly rules: FileRules,
    private readonly take: (file: FormFile) => Promise<Taken>,
  ) {
    this.parser = parserOf(request, rules.mostBytes);
  }

  async result(): Promise<MultipartForm<Taken>> {
    try {
      await this.parse();
      return { fields: this.fieldsSoFar(), taken: this.file === null ? null : await this.file.taken };
    } catch (error) {
      await this.abandon(error as Error);
      throw error;
    }
  }

  /** Resolves at the end of the form, rejects at the first thing that is wrong with it. */
  private parse(): Promise<void> {
    return new Promise((resolve, reject) => {
      const orReject = (work: () => void) => {
        try {
          work();
        } catch (error) {
          if (error instanceof Error) reject(error);
        }
      };
      const malformed = () => reject(new DomainError('MALFORMED_REQUEST'));
      this.parser
        .on('field', (name, value, { valueTruncated }) => orReject(() => this.addField(name, value, valueTruncated)))
        .on('file', (name, bytes, { filename }) => orReject(() => this.addFile(name, bytes, filename, reject)))
        .on('filesLimit', () => reject(invalid(this.rules.field, 'REPEATED')))
        .on('fieldsLimit', malformed)
        .on('partsLimit', malformed)
        .on('error', malformed)
        .on('close', resolve);
      this.request.once('close', () => {
        if (!this.request.complete) malformed(); // the sender went away
      });
      if (this.request.destroyed) return malformed();
      this.request.pipe(this.parser);
    });
  }

  private addField(name = '', value: string, truncated: boolean): void {
    if (truncated) throw invalid(name, 'MAX_LENGTH');
    if (this.fields.has(name)) throw invalid(name, 'REPEATED');
    this.fields.set(name, withoutNul(value));
  }

  private addFile(name = '', bytes: Readable, fileName: string | undefined, reject: (error: Error) => void): void {
    bytes.on('error', () => undefined); // its reader is told; without one it would end the process
    if (name !== this.rules.field) throw invalid(name, 'UNKNOWN_FIELD');
    bytes.once('limit', () => bytes.destroy(new DomainError('PAYLOAD_TOO_LARGE')));
    const taken = this.take({
      fileName: withoutNul(fileName ?? '') || null,
      bytes,
      fieldsBefore: this.fieldsSoFar(),
    });
    taken.catch(reject);
    this.file = { bytes, taken };
  }

  /**
   * The rest of the form is read into nothing, because its sender may read the answer only when it has sent everything.
   */
  private async abandon(error: Error): Promise<void> {
    this.request.unpipe(this.parser);
    this.request.resume();
    this.file?.bytes.destroy(error);
    this.parser.destroy();
    await this.file?.taken.catch(() => undefined); // the first error is the one to tell
  }

  private fieldsSoFar(): FormFields {
    return Object.fromEntries([...this.fields].filter(([, value]) => value !== ''));
  }
}

function parserOf({ headers }: Request, mostBytes: number): busboy.Busboy {
  const limits = {
    fieldSize: LONGEST_FIELD,
    fields: MOST_FIELDS,
    files: 1,
    fileSize: mostBytes + 1, // the parser stops at the limit, not beyond it
    parts: MOST_FIELDS + 2,
  };
  try {
    return busboy({ headers, defParamCharset: 'utf8', limits });
  } catch {
    throw new DomainError('MALFORMED_REQUEST');
  }
}

/** PostgreSQL's text cannot hold the character. */
function withoutNul(text: string): string {
  if (text.includes('\0')) throw new DomainError('MALFORMED_REQUEST');
  return text;
}
