import { ArchiveDocument } from './archive-document.entity';
import { ArchiveKey } from './archive-key.entity';
import { FiscalEnvelope } from './fiscal-envelope.entity';
import { StrandedContent } from './stranded-content.entity';

/** In order of erasure. */
export const ARCHIVE_ENTITIES = [ArchiveDocument, ArchiveKey, FiscalEnvelope, StrandedContent];
