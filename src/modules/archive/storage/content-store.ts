import type { Readable } from 'node:stream';

/**
 * Where archive contents lie: encrypted bytes under an id (UUID, lower case), nothing else. Stores know neither keys
 * nor customers. Errors: `CONTENT_ID_INVALID`, and what each method names.
 */
export interface ContentStore {
  /**
   * Keeps the stream under `id`, whole and durable when the promise resolves, or not at all; a second `put` replaces
   * the first. `size` is in bytes. A stream that fails or breaks off rejects with its error.
   */
  put(id: string, content: Readable): Promise<{ size: number }>;

  /** The caller must read the stream to its end or destroy it. Error: `DOCUMENT_CONTENT_MISSING`. */
  open(id: string): Promise<Readable>;

  /** Idempotent: removing what is not there is done. */
  remove(id: string): Promise<void>;

  /** All ids, in no order; contents put or removed meanwhile may or may not appear. */
  list(): AsyncIterable<string>;

  /** Removes what processes that were killed in the middle of a `put` left behind more than a day ago. */
  clearAbandoned(): Promise<void>;
}
