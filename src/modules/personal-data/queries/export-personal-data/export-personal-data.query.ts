import type { Readable } from 'node:stream';
import { Query } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { ExportFormat } from './export-personal-data.request';
import type { PersonalDataResponse } from './export-personal-data.response';

/** A document of the export, decrypted while it is read. */
export interface PersonalFile {
  /** path in the ZIP */
  readonly path: string;
  readonly open: () => Promise<Readable>;
}

export interface PersonalData {
  readonly stored: PersonalDataResponse;
  readonly files: readonly PersonalFile[];
}

/**
 * Exports everything stored about a customer (Art. 15 GDPR), including what remains of an anonymized one. Audited.
 *
 * Errors: `CUSTOMER_NOT_FOUND`.
 */
export class ExportPersonalData extends Query<PersonalData> {
  constructor(
    readonly customerId: string,
    readonly format: ExportFormat,
    readonly actor: Actor,
  ) {
    super();
  }
}
