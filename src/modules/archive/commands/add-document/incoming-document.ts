import type { Readable } from 'node:stream';
import type { RetentionClass } from '../../../../kernel/retention';
import type { AddDocumentRequest } from './add-document.request';

/** Reads a file to its end. The class is null if it is not known yet. */
export type TakeFile = (bytes: Readable, retentionClass: RetentionClass | null) => Promise<void>;

/** An incoming document, with or without a file. */
export interface IncomingDocument {
  /**
   * Reads the document once; `take` gets a file while it arrives. Errors: `VALIDATION_FAILED`, and those of the
   * transport; `take` has ended by then.
   */
  read(take: TakeFile): Promise<AddDocumentRequest>;
}
