import type { Readable } from 'node:stream';

/**
 * Stores archive contents: encrypted bytes under an id (UUID, lower case), nothing else. A store knows neither keys nor
 * customers. Errors: `CONTENT_ID_INVALID`, and those that each method names.
 */
export interface ContentStore {
  /**
   * Stores the stream under `id`, whole and durable when the promise resolves, or not at all. A second `put` replaces
   * the first. `size` is in bytes. A stream that fails or is aborted rejects with its error.
   */
  put(id: string, content: Readable): Promise<{ size: number }>;

  /** The caller must read the stream to its end or destroy it. Error: `DOCUMENT_CONTENT_MISSING`. */
  open(id: string): Promise<Readable>;

  /** Removes a content. Idempotent: removing a missing content succeeds. */
  remove(id: string): Promise<void>;

  /** All ids, unordered. Contents put or removed meanwhile may or may not appear. */
  list(): AsyncIterable<string>;

  /** Removes files left by processes that were killed during a `put` more than a day ago. */
  clearAbandoned(): Promise<void>;
}
