import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { newId } from '../../platform/ids';
import type { ArchiveKeys } from './archive-keys';
import { encryptStream } from './crypto/content-cipher';
import type { DataKeyOwner } from './crypto/key-wrap';
import type { ContentStore } from './storage/content-store';

/** Concurrent writes: few enough for the file system, and enough to keep it busy while contents are flushed to disk. */
const MAX_PARALLEL_WRITES = 8;

/** A content to be written. `open` is called once. */
export interface NewContent {
  readonly owner: DataKeyOwner;
  readonly open: () => Readable | Promise<Readable>;
}

export interface WrittenContent {
  /** value of `archive_document.content_id`; the content is bound to it (`content-cipher`) */
  readonly contentId: string;
  /** plain bytes */
  readonly size: number;
  /** id of the data key that opens the content */
  readonly keyId: string;
}

/**
 * Writes the contents of new documents, encrypted under their owners' data keys, into the content store. The store has
 * no transactions: the caller calls {@link discard} when the transaction that would have named the contents is rolled
 * back. One writer per transaction.
 */
export class DocumentWriter {
  private readonly written: string[] = [];

  constructor(
    private readonly keys: Pick<ArchiveKeys, 'obtain'>,
    private readonly store: ContentStore,
  ) {}

  /** Writes the contents and returns the results in the same order. The customers are locked for booking. */
  async write(contents: readonly NewContent[]): Promise<WrittenContent[]> {
    const keys = await this.keys.obtain(contents.map(({ owner }) => owner));
    try {
      return await inParallel(contents, async ({ owner, open }) => ({
        ...(await this.writeOne(keys.keyOf(owner), open)),
        keyId: keys.idOf(owner),
      }));
    } finally {
      keys.wipe();
    }
  }

  /** Removes everything written so far. */
  async discard(): Promise<void> {
    await inParallel(this.written.splice(0), (contentId) => this.store.remove(contentId));
  }

  private async writeOne(key: Buffer, open: NewContent['open']): Promise<Omit<WrittenContent, 'keyId'>> {
    const contentId = newId();
    const counter = new ByteCounter();
    const plaintext = await open();
    this.written.push(contentId);
    await this.store.put(
      contentId,
      pipeline(plaintext, counter, encryptStream(key, contentId), () => undefined),
    );
    return { contentId, size: counter.bytes };
  }
}

class ByteCounter extends Transform {
  bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    done(null, chunk);
  }
}

/** Rejects with the first error, once all have ended. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const remaining = items.entries();
  const worker = async () => {
    for (const [index, item] of remaining) results[index] = await work(item);
  };
  const workers = await Promise.allSettled(Array.from({ length: MAX_PARALLEL_WRITES }, worker));
  const failed = workers.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results;
}
