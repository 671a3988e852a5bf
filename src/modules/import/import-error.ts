import { DomainError } from '../../kernel/domain-error';

export type ImportCode =
  // files
  | 'UNKNOWN_FILE'
  | 'UNKNOWN_COLUMN'
  | 'MISSING_COLUMN'
  | 'DUPLICATE_COLUMN'
  | 'MALFORMED_CSV'
  | 'COLUMN_COUNT'
  // cells
  | 'INVALID_ENCODING'
  | 'INVALID_CHARACTER'
  | 'INVALID_DATE'
  | 'INVALID_INSTANT'
  | 'INVALID_AMOUNT'
  | 'INVALID_INTEGER'
  | 'INVALID_NUMBER'
  | 'INVALID_BOOLEAN'
  | 'INVALID_VALUE'
  | 'NEGATIVE_AMOUNT'
  | 'OUT_OF_RANGE'
  | 'TOO_LONG'
  | 'REQUIRED'
  // combinations of rows
  | 'NOT_ALLOWED'
  | 'DUPLICATE'
  | 'UNKNOWN_REFERENCE'
  | 'OTHER_CUSTOMER'
  | 'CUSTOMER_ANONYMIZED'
  | 'CUSTOMER_MERGED'
  | 'CREDITS_A_CREDIT_NOTE'
  | 'INVOICE_NOT_ISSUED'
  | 'FILE_NOT_FOUND';

/** The location of an error, without the wrong value. */
export interface ImportError {
  /** with extension */
  readonly file: string;
  /** line on which the record begins; the header is line 1 */
  readonly line: number | null;
  readonly column: string | null;
  /** the name of a constraint if only the database detected the error */
  readonly code: ImportCode | (string & {});
}

/** `customers.csv:3: last_name: REQUIRED` */
export const formatImportError = ({ file, line, column, code }: ImportError) =>
  `${file}:${line ?? '-'}: ${column ?? '-'}: ${code}`;

/** The folder has errors; nothing was imported. */
export class ImportRefused extends DomainError {
  constructor(
    /** the first errors, ordered by file, line and column */
    readonly errors: readonly ImportError[],
    readonly total: number,
  ) {
    super('IMPORT_REFUSED', { errors, total });
  }
}
