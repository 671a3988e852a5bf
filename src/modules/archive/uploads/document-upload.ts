import { randomBytes } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import type { RetentionClass } from '../../../kernel/retention';
import { newId } from '../../../platform/ids';
import type { ArchiveKeys } from '../archive-keys';
import { decryptStream, encryptStream } from '../crypto/content-cipher';
import { DocumentWriter, type WrittenContent } from '../document-writer';
import type { ContentStore } from '../storage/content-store';
import { MediaTypeSniffer } from './media-type-sniffer';

export interface UploadedContent extends WrittenContent {
  readonly mediaType: string;
}

interface Waiting {
  readonly contentId: string;
  readonly key: Buffer;
}

/**
 * An upload in progress. It is encrypted from the first byte, under the key of its retention class. A file that arrives
 * before its class is known is encrypted under a key that exists only in this process's memory, and later re-encrypted.
 */
export class DocumentUpload {
  private readonly writer: DocumentWriter;
  private readonly sniffer = new MediaTypeSniffer();
  private waiting: Waiting | null = null;
  private written: WrittenContent | null = null;

  constructor(
    keys: Pick<ArchiveKeys, 'obtain'>,
    private readonly store: ContentStore,
    private readonly customerId: string,
  ) {
    this.writer = new DocumentWriter(keys, store);
  }

  /** Reads the file to its end. */
  async take(bytes: Readable, retentionClass: RetentionClass | null): Promise<void> {
    if (retentionClass === null) await this.keepWaiting(bytes);
    else await this.write(retentionClass, () => pipeline(bytes, this.sniffer, () => undefined));
  }

  /** The content that the document names, or null when no file was taken. */
  async complete(retentionClass: RetentionClass): Promise<UploadedContent | null> {
    if (this.waiting !== null) await this.writeWaiting(this.waiting, retentionClass);
    return this.written === null ? null : { ...this.written, mediaType: await this.sniffer.mediaType() };
  }

  /** Removes everything written for the upload. */
  async discard(): Promise<void> {
    await this.writer.discard();
    await this.forgetWaiting();
  }

  private async write(retentionClass: RetentionClass, open: () => Readable | Promise<Readable>): Promise<void> {
    const [written] = await this.writer.write([{ owner: { customerId: this.customerId, retentionClass }, open }]);
    this.written = written!;
  }

  private async keepWaiting(bytes: Readable): Promise<void> {
    const { contentId, key } = (this.waiting = { contentId: newId(), key: randomBytes(32) });
    const encrypted = pipeline(bytes, this.sniffer, encryptStream(key, contentId), () => undefined);
    await this.store.put(contentId, encrypted);
  }

  private async writeWaiting({ contentId, key }: Waiting, retentionClass: RetentionClass): Promise<void> {
    await this.write(retentionClass, async () =>
      pipeline(await this.store.open(contentId), decryptStream(key, contentId), () => undefined),
    );
    await this.forgetWaiting();
  }

  private async forgetWaiting(): Promise<void> {
    if (this.waiting === null) return;
    this.waiting.key.fill(0);
    await this.store.remove(this.waiting.contentId);
    this.waiting = null;
  }
}
