import { Inject, Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { CustomerLocks } from '../../customer';
import { ArchiveKeys } from '../archive-keys';
import { CONTENT_STORE, KEY_ENCRYPTION_KEY } from '../archive-tokens';
import type { ContentStore } from '../storage/content-store';
import { DocumentUpload } from './document-upload';

/** Starts uploads. The customer is locked while a key is created or read, not while bytes arrive. */
@Injectable()
export class DocumentUploads {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly locks: CustomerLocks,
    @Inject(CONTENT_STORE) private readonly store: ContentStore,
    @Inject(KEY_ENCRYPTION_KEY) private readonly keyEncryptionKey: Buffer,
  ) {}

  begin(customerId: string): DocumentUpload {
    const keys = new ArchiveKeys(this.transaction, this.keyEncryptionKey);
    const obtain: ArchiveKeys['obtain'] = (owners) =>
      this.transaction.run(async () => {
        await this.locks.lockForBooking(customerId);
        return keys.obtain(owners);
      });
    return new DocumentUpload({ obtain }, this.store, customerId);
  }
}
