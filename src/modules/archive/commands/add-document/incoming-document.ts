import type { Readable } from 'node:stream';
import type { RetentionClass } from '../../../../kernel/retention';
import type { AddDocumentRequest } from './add-document.request';

/** Reads a file to its end; the class is null as long as nobody knows it. */
export type TakeFile = (bytes: Readable, retentionClass: RetentionClass | null) => Promise<void>;

/** A document as it comes in, perhaps with a file. */
export interface IncomingDocument {
  /**
   * Reads it once; a file is given to `take` while it comes in. Errors: `VALIDATION_FAILED`, and those of the way it
   * comes in; `take` has ended by then.
   */
  read(take: TakeFile): Promise<AddDocumentRequest>;
}
