import type { Readable } from 'node:stream';
import { Query } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { ExportFormat } from './export-personal-data.request';
import type { PersonalDataResponse } from './export-personal-data.response';

/** A document to hand out, decrypted while it is read. */
export interface PersonalFile {
  /** in the ZIP */
  readonly path: string;
  readonly open: () => Promise<Readable>;
}

export interface PersonalData {
  readonly stored: PersonalDataResponse;
  readonly files: readonly PersonalFile[];
}

/**
 * Everything stored about a customer (Art. 15 GDPR), also what is left of an anonymized one; audited. Error:
 * `CUSTOMER_NOT_FOUND`.
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
