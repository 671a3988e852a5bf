import type { Readable } from 'node:stream';
import { Query } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';

/** The bytes in plaintext. If the stream fails, the content was tampered with or truncated. */
export interface DocumentContent {
  readonly fileName: string;
  readonly mediaType: string;
  /** the caller reads the stream to its end or destroys it */
  readonly bytes: Readable;
}

/** The content of an archived document. Refused and audited once the customer is anonymized. */
export class GetDocumentContent extends Query<DocumentContent> {
  constructor(
    readonly documentId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
