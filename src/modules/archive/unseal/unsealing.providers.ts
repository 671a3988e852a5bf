import type { Provider } from '@nestjs/common';
import { CONTENT_STORE_PROVIDER } from '../storage/content-store.provider';
import { ArchiveUnsealing } from './archive-unsealing';
import { SealedDocuments } from './sealed-documents';

/** Providers of `archive:unseal`. They need `AuditLog`. */
export const UNSEALING_PROVIDERS: readonly Provider[] = [CONTENT_STORE_PROVIDER, SealedDocuments, ArchiveUnsealing];
