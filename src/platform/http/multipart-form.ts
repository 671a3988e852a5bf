import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { DomainError } from '../../kernel/domain-error';
import { invalid } from './validation.pipe';

/** The fields of a form. Browsers send empty fields, which count as absent. */
export type FormFields = Readonly<Record<string, string>>;

/** The file of a form, while it is being received. */
export interface FormFile {
  /** name given by the client, without folders */
  readonly fileName: string | null;
  /** fails when the form is incomplete or the file is too large */
  readonly bytes: Readable;
  /** the fields that precede the file */
  readonly fieldsBefore: FormFields;
}

export interface MultipartForm<Taken> {
  readonly fields: FormFields;
  /** result of `take`; null when the form has no file */
  readonly taken: Taken | null;
}

interface FileRules {
  readonly field: string;
  readonly mostBytes: number;
}

const MAX_FIELDS = 20;
const MAX_FIELD_BYTES = 8 * 1024;
/** Allowance for fields, boundaries and headers. */
const MAX_OVERHEAD_BYTES = MAX_FIELDS * MAX_FIELD_BYTES;

/**
 * Reads a form (RFC 7578) with one file and streams the file to `take`, without buffering it. When the form is refused,
 * it waits until `take` has settled before it throws.
 *
 * Errors: `MALFORMED_REQUEST` for an invalid or incomplete form, `PAYLOAD_TOO_LARGE`, `VALIDATION_FAILED`, and those of
 * `take`.
 */
export async function readMultipartForm<Taken>(
  request: Request,
  file: FileRules,
  take: (file: FormFile) => Promise<Taken>,
): Promise<MultipartForm<Taken>> {
  if (Number(request.headers['content-length'] ?? 0) > file.mostBytes + MAX_OVERHEAD_BYTES)
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

  /** Resolves at the end of the form, rejects with the first error. */
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
        if (!this.request.complete) malformed(); // the client disconnected
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
    bytes.on('error', () => undefined); // `take` handles the error; without a listener, it would end the process
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

  /** Discards the rest of the form, because the client may not read the response until it has sent everything. */
  private async abandon(error: Error): Promise<void> {
    this.request.unpipe(this.parser);
    this.request.resume();
    this.file?.bytes.destroy(error);
    this.parser.destroy();
    await this.file?.taken.catch(() => undefined); // the first error is the one to report
  }

  private fieldsSoFar(): FormFields {
    return Object.fromEntries([...this.fields].filter(([, value]) => value !== ''));
  }
}

function parserOf({ headers }: Request, mostBytes: number): busboy.Busboy {
  const limits = {
    fieldSize: MAX_FIELD_BYTES,
    fields: MAX_FIELDS,
    files: 1,
    fileSize: mostBytes + 1, // busboy emits 'limit' as soon as this size is reached
    parts: MAX_FIELDS + 2,
  };
  try {
    return busboy({ headers, defParamCharset: 'utf8', limits });
  } catch {
    throw new DomainError('MALFORMED_REQUEST');
  }
}

/** Refuses the NUL character, which PostgreSQL cannot store in text. */
function withoutNul(text: string): string {
  if (text.includes('\0')) throw new DomainError('MALFORMED_REQUEST');
  return text;
}
